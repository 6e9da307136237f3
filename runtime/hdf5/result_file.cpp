#include "runtime/hdf5/result_file.h"

#include <algorithm>
#include <set>

#include "runtime/analysis/result_hash.h"
#include "runtime/files/whole_file.h"
#include "runtime/hdf5/columns.h"
#include "runtime/hdf5/image.h"
#include "runtime/hdf5/merged_table.h"
#include "runtime/hdf5/spikes.h"

namespace bouton::runtime {
namespace {

using hdf5::Handle;
using hdf5::Image;
using hdf5::MergedTable;

// Changes when a reader of older files would misread newer ones.
constexpr std::uint64_t kLayoutVersion = 2;

// What the program says about a column of a table with these names.
DescribedColumn described(const RunDescription& run, const std::vector<std::string>& names,
                          const std::string& name) {
  for (const auto& columns : run.tables) {
    const bool same = columns.size() == names.size() &&
                      std::ranges::all_of(columns, [&names](const DescribedColumn& column) {
                        return std::ranges::count(names, column.name) > 0;
                      });
    if (same) return *std::ranges::find(columns, name, &DescribedColumn::name);
  }
  return {name, "1", ""};
}

void write_description(Image& image, const RecordedRun& recorded) {
  const RunDescription& run = recorded.description;
  const hid_t root = image.root();
  image.add_attribute(root, "layout", kLayoutVersion);
  image.add_attribute(root, "bouton", run.bouton);
  image.add_attribute(root, "program", run.program);
  image.add_attribute(root, "experiment", run.experiment);
  image.add_attribute(root, "precision", run.precision);
  image.add_attribute(root, "timestep", run.timestep);
  image.add_attribute(root, "seed", run.first_seed);
  image.add_attribute(root, "complete", state_of(recorded));
  image.add_attribute(root, "hash", print_hash(recorded));
  image.add_attribute(root, "machine", run.machine);
  image.add_attribute(root, "begun", run.begun);
  std::vector<std::string> names;
  std::vector<std::string> texts;
  for (const SourceText& source : run.sources) {
    names.push_back(source.name);
    texts.push_back(source.text);
  }
  image.add_attribute(root, "source_names", names);
  image.add_attribute(root, "sources", texts);
}

void write_parameters(Image& image, const RunDescription& run) {
  const Handle group = image.add_group(image.root(), "parameters");
  for (const DescribedParameter& parameter : run.parameters) {
    const Handle written = hdf5::write_value(image, group.id(), parameter.name, parameter.value);
    image.add_attribute(written.id(), "unit", parameter.unit);
  }
}

void write_replicas(Image& image, const RecordedRun& run) {
  const Handle group = image.add_group(image.root(), "replicas");
  std::vector<std::int64_t> seeds;
  std::vector<std::string> hashes;
  std::vector<std::string> states;
  for (const RecordedReplica& replica : run.replicas) {
    seeds.push_back(static_cast<std::int64_t>(run.description.first_seed + seeds.size()));
    hashes.push_back(print_hash(hash_results(replica.results)));
    states.push_back(state_of(replica, run.stopped));
  }
  const std::size_t extents[] = {run.replicas.size()};
  image.add_indices(group.id(), "seed", seeds);
  image.add_texts(group.id(), "hash", extents, hashes);
  image.add_texts(group.id(), "complete", extents, states);
}

// Writes tables and, beside them, their keys and spikes.
class TableWriter {
 public:
  TableWriter(Image& image, const RunDescription& run)
      : image_(image),
        run_(run),
        tables_(image.add_group(image.root(), "tables")),
        keys_(image.add_group(image.root(), "keys")),
        spikes_(image.add_group(image.root(), "spikes")) {}

  void write(std::size_t number, const MergedTable& table) {
    const Handle group = image_.add_group(tables_.id(), std::to_string(number));
    image_.add_attribute(group.id(), "columns", table.names);
    image_.add_attribute(group.id(), "position", table.positions);
    if (table.keyed) write_keys(number, table);
    for (std::size_t i = 0; i < table.names.size(); ++i) {
      const DescribedColumn column = described(run_, table.names, table.names[i]);
      const Handle written = write_column(group.id(), table, i, column);
      image_.add_attribute(written.id(), "unit", column.unit);
    }
  }

 private:
  void write_keys(std::size_t number, const MergedTable& table) {
    std::vector<std::int64_t> replicas;
    std::vector<std::int64_t> rows;
    for (const MergedTable::Row& row : table.rows) {
      replicas.push_back(row.replica);
      rows.push_back(row.row);
    }
    const std::size_t extents[] = {table.rows.size()};
    const Handle group = image_.add_group(keys_.id(), std::to_string(number));
    image_.add_integers(group.id(), "replica", extents, replicas);
    image_.add_integers(group.id(), "row", extents, rows);
  }

  Handle write_column(hid_t group, const MergedTable& table, std::size_t index,
                      const DescribedColumn& column) {
    if (!hdf5::holds_spikes(table, index)) return hdf5::write_column(image_, group, table, index);
    const std::string name = free_name(column);
    hdf5::write_spikes(image_, spikes_.id(), name, run_.timestep, table, index);
    return hdf5::write_spike_counts(image_, group, name, table, index);
  }

  // The population's, if no other column holds spikes of it.
  std::string free_name(const DescribedColumn& column) {
    const std::string wanted = column.population.empty() ? column.name : column.population;
    std::string name = wanted;
    for (int i = 1; !spike_groups_.insert(name).second; ++i)
      name = wanted + "." + std::to_string(i);
    return name;
  }

  Image& image_;
  const RunDescription& run_;
  Handle tables_, keys_, spikes_;
  std::set<std::string> spike_groups_;
};

}  // namespace

std::string print_hash(const RecordedRun& run) {
  if (run.replicas.size() == 1) return print_hash(hash_results(run.replicas.front().results));
  std::vector<std::uint64_t> hashes;
  for (const RecordedReplica& replica : run.replicas)
    hashes.push_back(hash_results(replica.results));
  return print_hash(hash_replicas(run.description.first_seed, hashes));
}

std::optional<Error> write_result_file(const std::filesystem::path& path, const RecordedRun& run) {
  const std::vector<MergedTable> tables = hdf5::merge_tables(run);
  Image image;
  write_description(image, run);
  write_parameters(image, run.description);
  write_replicas(image, run);
  {
    TableWriter writer(image, run.description);
    for (std::size_t i = 0; i < tables.size(); ++i) writer.write(i, tables[i]);
  }
  const Result<std::string> bytes = image.finish();
  if (!bytes) return bytes.error();
  return write_whole_file(path, *bytes);
}

}  // namespace bouton::runtime
