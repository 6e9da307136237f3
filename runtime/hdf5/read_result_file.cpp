#include "runtime/hdf5/read_result_file.h"

#include <fmt/format.h>

#include <cmath>
#include <numeric>
#include <optional>

#include "runtime/analysis/result_hash.h"
#include "runtime/files/bytes.h"
#include "runtime/hdf5/stored.h"

namespace bouton::runtime {
namespace {

using hdf5::Stored;

constexpr std::int64_t kLayoutVersion = 2;

std::size_t product_of(std::span<const std::size_t> extents) {
  return std::accumulate(extents.begin(), extents.end(), std::size_t{1}, std::multiplies<>());
}

// Equal parts of a dataset, one per row; `leading` of its extents count rows.
std::vector<Value> split_numbers(const Stored& file, const std::string& path, std::size_t leading) {
  const std::vector<std::size_t> extents = file.extents(path);
  const std::vector<double> numbers = file.numbers(path);
  if (extents.size() < leading) return {};
  const std::span<const std::size_t> inner = std::span(extents).subspan(leading);
  const auto shape = make_shape(inner);
  if (!shape) return {};
  const std::size_t rows = product_of(std::span(extents).first(leading));
  const std::size_t size = shape->elements();
  if (numbers.size() != rows * size) return {};
  std::vector<Value> values;
  for (std::size_t row = 0; row < rows; ++row) {
    const auto begin = numbers.begin() + static_cast<std::ptrdiff_t>(row * size);
    values.emplace_back(
        Tensor(*shape, std::vector<double>(begin, begin + static_cast<std::ptrdiff_t>(size))));
  }
  return values;
}

// Spikes of all rows lie one after the other; the dataset says how many each row has.
std::vector<Value> split_spikes(const Stored& file, const std::string& path,
                                const std::string& spikes, double timestep) {
  const std::vector<double> times = file.numbers(spikes + "/timestamps");
  const std::vector<std::int64_t> neurons = file.integers(spikes + "/node_ids");
  std::vector<Value> values;
  std::size_t next = 0;
  for (const std::int64_t count : file.integers(path)) {
    SpikeList list;
    for (std::int64_t i = 0; i < count && next < times.size() && next < neurons.size(); ++i) {
      list.step.push_back(std::llround(times[next] / timestep));
      list.neuron.push_back(neurons[next++]);
    }
    values.emplace_back(std::move(list));
  }
  return values;
}

Value read_member(const Stored& file, const std::string& path) {
  switch (file.class_of(path).value_or(Stored::Class::Group)) {
    case Stored::Class::Numbers: {
      const auto values = split_numbers(file, path, 0);
      return values.empty() ? Value() : values.front();
    }
    case Stored::Class::Integers:
      return Value(file.integers(path) == std::vector<std::int64_t>{1});
    case Stored::Class::Texts: {
      const auto texts = file.texts(path);
      return Value(texts.empty() ? std::string() : texts.front());
    }
    case Stored::Class::Group:
      break;
  }
  return Value(SpikeList{file.integers(path + "/step"), file.integers(path + "/neuron")});
}

std::vector<Value> read_members(const Stored& file, const std::string& path) {
  std::vector<Value> values;
  for (std::string member = path + "/0"; file.has(member);
       member = fmt::format("{}/{}", path, values.size()))
    values.push_back(read_member(file, member));
  return values;
}

std::vector<Value> read_column(const Stored& file, const std::string& path, std::size_t leading,
                               double timestep) {
  const auto spikes = file.text_attribute(path, "spikes");
  if (!spikes.empty()) return split_spikes(file, path, spikes.front(), timestep);
  std::vector<Value> values;
  switch (file.class_of(path).value_or(Stored::Class::Group)) {
    case Stored::Class::Numbers:
      return split_numbers(file, path, leading);
    case Stored::Class::Integers:
      for (const std::int64_t truth : file.integers(path)) values.emplace_back(truth != 0);
      return values;
    case Stored::Class::Texts:
      for (const std::string& text : file.texts(path)) values.emplace_back(text);
      return values;
    case Stored::Class::Group:
      break;
  }
  return read_members(file, path);
}

// The replica of each row of a table.
std::vector<std::int64_t> owners_of_rows(const Stored& file, std::size_t number,
                                         const std::vector<std::int64_t>& positions,
                                         std::size_t rows) {
  const std::string keys = fmt::format("/keys/{}", number);
  if (file.has(keys)) return file.integers(keys + "/replica");
  std::vector<std::int64_t> owners;
  const std::size_t each = rows / positions.size();
  for (std::size_t row = 0; row < rows; ++row)
    owners.push_back(static_cast<std::int64_t>(each == 0 ? 0 : row / each));
  return owners;
}

std::optional<Error> read_table(const Stored& file, std::size_t number, double timestep,
                                StoredRun& run) {
  const std::string path = fmt::format("/tables/{}", number);
  const auto names = file.text_attribute(path, "columns");
  const auto positions = file.integer_attribute(path, "position");
  if (names.empty() || positions.size() != run.replicas.size())
    return Error{fmt::format("`{}` is damaged", path)};
  const bool keyed = file.has(fmt::format("/keys/{}", number));
  const std::size_t leading = positions.size() > 1 && !keyed ? 2 : 1;
  std::vector<std::vector<Value>> columns;
  for (const std::string& name : names)
    columns.push_back(read_column(file, path + "/" + name, leading, timestep));
  const std::size_t rows = columns.front().size();
  for (std::size_t i = 0; i < names.size(); ++i)
    if (columns[i].size() != rows) return Error{fmt::format("`{}/{}` is damaged", path, names[i])};
  const auto owners = owners_of_rows(file, number, positions, rows);
  if (owners.size() != rows) return Error{fmt::format("the keys of `{}` are damaged", path)};
  for (std::size_t row = 0; row < rows; ++row) {
    const auto owner = static_cast<std::size_t>(owners[row]);
    if (owner >= positions.size() || positions[owner] < 0)
      return Error{fmt::format("the keys of `{}` are damaged", path)};
    auto& tables = run.replicas[owner].results.tables;
    const auto position = static_cast<std::size_t>(positions[owner]);
    if (position > rows + names.size() + 1000) return Error{fmt::format("`{}` is damaged", path)};
    if (tables.size() <= position) tables.resize(position + 1);
    tables[position].names = names;
    std::vector<Value> values;
    for (auto& column : columns) values.push_back(std::move(column[row]));
    tables[position].rows.push_back(std::move(values));
  }
  return std::nullopt;
}

std::string first_of(const std::vector<std::string>& texts) {
  return texts.empty() ? std::string() : texts.front();
}

}  // namespace

Result<StoredRun> read_result_file(const std::filesystem::path& path) {
  auto bytes = read_bytes(path);
  if (!bytes) return bytes.error();
  const Stored file(*std::move(bytes));
  if (!file.is_open()) return Error{fmt::format("`{}` is no HDF5 file", path.string())};
  const auto layout = file.integer_attribute("/", "layout");
  if (layout.empty()) return Error{fmt::format("`{}` is no result file of Bouton", path.string())};
  if (layout.front() != kLayoutVersion)
    return Error{fmt::format("`{}` has layout {}, this version reads layout {}", path.string(),
                             layout.front(), kLayoutVersion)};
  StoredRun run;
  run.experiment = first_of(file.text_attribute("/", "experiment"));
  run.hash = first_of(file.text_attribute("/", "hash"));
  const auto seeds = file.integers("/replicas/seed");
  const auto hashes = file.texts("/replicas/hash");
  const auto states = file.texts("/replicas/complete");
  if (seeds.empty() || seeds.size() != hashes.size() || seeds.size() != states.size())
    return Error{fmt::format("`{}` is damaged: its list of replicas", path.string())};
  for (std::size_t i = 0; i < seeds.size(); ++i)
    run.replicas.push_back({static_cast<std::uint64_t>(seeds[i]), hashes[i], states[i], {}});
  const double timestep = file.number_attribute("/", "timestep").value_or(1);
  for (std::size_t table = 0; file.has(fmt::format("/tables/{}", table)); ++table)
    if (auto error = read_table(file, table, timestep, run)) return *std::move(error);
  return run;
}

std::string recompute_hash(const StoredRun& run) {
  std::vector<std::uint64_t> hashes;
  for (const StoredReplica& replica : run.replicas) hashes.push_back(hash_results(replica.results));
  if (hashes.size() == 1) return print_hash(hashes.front());
  return print_hash(hash_replicas(run.replicas.front().seed, hashes));
}

}  // namespace bouton::runtime
