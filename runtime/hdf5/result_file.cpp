#include "runtime/hdf5/result_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/analysis/result_hash.h"
#include "runtime/files/append_file.h"
#include "runtime/files/part_file.h"
#include "runtime/hdf5/merged_table.h"
#include "runtime/hdf5/new_file.h"
#include "runtime/hdf5/replica_axes.h"
#include "runtime/hdf5/table_writer.h"
#include "runtime/hdf5/write_value.h"

namespace bouton::runtime {
namespace {

using hdf5::Cell;
using hdf5::Handle;
using hdf5::NewFile;

// Changes when a reader of older files would misread newer ones.
constexpr std::uint64_t kLayoutVersion = 3;

void write_sources(NewFile& file, const RunDescription& run) {
  std::vector<std::string> names;
  std::vector<std::string> texts;
  for (const SourceText& source : run.sources) {
    names.push_back(source.name);
    texts.push_back(source.text);
  }
  file.add_attribute(file.root(), "source_names", names);
  file.add_attribute(file.root(), "sources", texts);
}

void write_description(NewFile& file, const RecordedRun& recorded,
                       const std::vector<std::uint64_t>& hashes) {
  const RunDescription& run = recorded.description;
  const hid_t root = file.root();
  file.add_attribute(root, "layout", kLayoutVersion);
  file.add_attribute(root, "bouton", run.bouton);
  file.add_attribute(root, "program", run.program);
  file.add_attribute(root, "experiment", run.experiment);
  file.add_attribute(root, "precision", run.precision);
  file.add_attribute(root, "timestep", run.timestep);
  file.add_attribute(root, "seed", run.first_seed);
  file.add_attribute(root, "complete", state_of(recorded));
  file.add_attribute(root, "hash", print_hash(hash_run(recorded.description, hashes)));
  file.add_attribute(root, "machine", run.machine);
  file.add_attribute(root, "begun", run.begun);
  write_sources(file, run);
  if (run.sweep.empty()) return;
  file.add_attribute(root, "sweep", run.sweep);
  std::vector<std::string> axes;
  for (const DescribedAxis& axis : run.axes) axes.push_back(axis.name);
  file.add_attribute(root, "axes", axes);
}

void write_parameters(NewFile& file, const RunDescription& run) {
  const Handle group = file.add_group(file.root(), "parameters");
  for (const DescribedParameter& parameter : run.parameters) {
    const Handle written = hdf5::write_value(file, group.id(), parameter.name, parameter.value);
    file.add_attribute(written.id(), "unit", parameter.unit);
  }
}

void write_axis_values(NewFile& file, const RunDescription& run) {
  if (std::ranges::all_of(run.axes, hdf5::is_written_as_coordinates)) return;
  const Handle group = file.add_group(file.root(), "axes");
  for (const DescribedAxis& axis : run.axes) {
    if (hdf5::is_written_as_coordinates(axis)) continue;
    const Handle values = file.add_group(group.id(), axis.name);
    file.add_attribute(values.id(), "unit", axis.unit);
    for (std::size_t i = 0; i < axis.values.size(); ++i)
      static_cast<void>(hdf5::write_value(file, values.id(), std::to_string(i), axis.values[i]));
  }
}

void write_replicas(NewFile& file, const RecordedRun& run,
                    const std::vector<std::uint64_t>& hashes) {
  const Handle group = file.add_group(file.root(), "replicas");
  std::vector<std::uint64_t> seeds;
  std::vector<double> timesteps;
  std::vector<std::string> names;
  std::vector<std::string> printed;
  std::vector<std::string> states;
  for (std::size_t i = 0; i < run.replicas.size(); ++i) {
    seeds.push_back(run.description.seed_of(i));
    timesteps.push_back(run.description.timestep_of(i));
    names.push_back(name_replica(run.description, i));
    printed.push_back(print_hash(hashes[i]));
    states.push_back(state_of(run.replicas[i], run.stopped));
  }
  const std::vector<std::size_t> extents = {run.replicas.size()};
  file.add_whole<std::uint64_t>(group.id(), "seed", Cell::Index, extents, seeds);
  file.add_whole<std::string>(group.id(), "name", Cell::Text, extents, names);
  file.add_whole<std::string>(group.id(), "hash", Cell::Text, extents, printed);
  file.add_whole<std::string>(group.id(), "complete", Cell::Text, extents, states);
  if (!run.description.timesteps.empty())
    file.add_whole<double>(group.id(), "timestep", Cell::Number, extents, timesteps);
}

// Into `file`; why the rows could not be read, if so.
std::optional<Error> write_everything(NewFile& file, const RecordedRun& run, const ForEachRow& rows,
                                      const std::vector<std::uint64_t>& hashes) {
  const auto merged = hdf5::merge_tables(run, rows);
  if (!merged) return merged.error();
  write_description(file, run, hashes);
  write_parameters(file, run.description);
  write_axis_values(file, run.description);
  write_replicas(file, run, hashes);
  hdf5::ReplicaAxes axes(file, run.description);
  return hdf5::write_tables(file, axes, run, *merged, rows);
}

}  // namespace

std::optional<Error> write_result_file(const std::filesystem::path& path, const RecordedRun& run,
                                       const ForEachRow& rows,
                                       const std::vector<std::uint64_t>& hashes) {
  const auto fail = [&](const std::string& reason) {
    return Error{fmt::format("`{}` cannot be written: {}", path.string(), reason)};
  };
  auto part = PartFile::open(path);
  if (!part) return fail(part.error().message);
  NewFile file(part->name());
  const auto unread = write_everything(file, run, rows, hashes);
  const auto unwritten = file.finish();
  if (unread) return fail(unread->message);
  if (unwritten) return fail(*unwritten);
  if (const auto unnamed = part->commit()) return fail(*unnamed);
  sync_folder_of(path);
  return std::nullopt;
}

}  // namespace bouton::runtime
