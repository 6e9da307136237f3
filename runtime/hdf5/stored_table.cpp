#include "runtime/hdf5/stored_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <span>

#include "runtime/hdf5/padded.h"

namespace bouton::runtime::hdf5 {
namespace {

std::size_t product_of(std::span<const std::size_t> extents) {
  return std::accumulate(extents.begin(), extents.end(), std::size_t{1}, std::multiplies<>());
}

// How the cells of a table lie: [replica, row], of which each replica has used some rows.
struct Grid {
  std::vector<std::size_t> rows;  // by replica
  std::size_t most = 0;

  [[nodiscard]] std::size_t cells() const { return rows.size() * most; }
  [[nodiscard]] std::size_t all() const {
    return std::accumulate(rows.begin(), rows.end(), std::size_t{0});
  }
};

// One value per row, replica after replica: `take` makes that of a cell.
template <typename Take>
std::vector<Value> collect(const Grid& grid, Take take) {
  std::vector<Value> values;
  for (std::size_t replica = 0; replica < grid.rows.size(); ++replica)
    for (std::size_t row = 0; row < grid.rows[replica]; ++row)
      values.push_back(take(replica * grid.most + row));
  return values;
}

class ColumnReader {
 public:
  ColumnReader(const Stored& file, std::size_t table, const Grid& grid,
               const std::vector<double>& timesteps)
      : file_(file), table_(table), grid_(grid), timesteps_(timesteps) {}

  // Empty if it is not as it should be.
  std::vector<Value> read(const std::string& name) const {
    const std::string path = fmt::format("/tables/{}/{}", table_, name);
    const auto spikes = file_.text_attribute(path, "spikes");
    if (!spikes.empty()) return read_spikes(path, spikes.front());
    switch (file_.class_of(path).value_or(Stored::Class::Group)) {
      case Stored::Class::Numbers:
        return read_numbers(path, name);
      case Stored::Class::Integers:
        return read_truths(path);
      case Stored::Class::Texts:
        return read_texts(path);
      case Stored::Class::Group:
        break;
    }
    return read_members(path);
  }

 private:
  std::vector<Value> read_numbers(const std::string& path, const std::string& name) const {
    const std::vector<double> numbers = file_.numbers(path);
    const auto inner = inner_extents(path);
    if (!inner || numbers.size() != grid_.cells() * product_of(*inner)) return {};
    const std::size_t size = product_of(*inner);
    const std::string shapes = fmt::format("/shapes/{}/{}", table_, name);
    const auto shape = make_shape(*inner);
    if (!shape) return {};
    if (file_.has(shapes)) return read_padded(numbers, *inner, file_.integers(shapes));
    return collect(grid_, [&](std::size_t cell) {
      const auto begin = numbers.begin() + static_cast<std::ptrdiff_t>(cell * size);
      return Value(
          Tensor(*shape, std::vector<double>(begin, begin + static_cast<std::ptrdiff_t>(size))));
    });
  }

  // Those behind the dimensions of replicas and rows.
  [[nodiscard]] std::optional<std::vector<std::size_t>> inner_extents(
      const std::string& path) const {
    const std::vector<std::size_t> extents = file_.extents(path);
    const std::size_t leading = file_.extents(fmt::format("/rows/{}", table_)).size() + 1;
    if (extents.size() < leading) return std::nullopt;
    return std::vector(extents.begin() + static_cast<std::ptrdiff_t>(leading), extents.end());
  }

  [[nodiscard]] std::vector<Value> read_padded(const std::vector<double>& numbers,
                                               const std::vector<std::size_t>& inner,
                                               const std::vector<std::int64_t>& shapes) const {
    const std::size_t rank = inner.size();
    const std::size_t size = product_of(inner);
    if (shapes.size() != grid_.cells() * rank) return {};
    bool sound = true;
    auto values = collect(grid_, [&](std::size_t cell) {
      std::vector<std::size_t> own;
      for (std::size_t axis = 0; axis < rank; ++axis) {
        own.push_back(static_cast<std::size_t>(shapes[cell * rank + axis]));
        sound = sound && own.back() <= inner[axis];
      }
      const auto shape = make_shape(own);
      if (!sound || !shape) return Value();
      return Value(cut_out(std::span(numbers).subspan(cell * size, size), inner, *shape));
    });
    return sound ? values : std::vector<Value>();
  }

  // Spikes of all rows lie one after the other; the dataset says how many each row has.
  [[nodiscard]] std::vector<Value> read_spikes(const std::string& path,
                                               const std::string& spikes) const {
    const std::vector<double> times = file_.numbers(spikes + "/timestamps");
    const std::vector<std::int64_t> neurons = file_.integers(spikes + "/node_ids");
    const std::vector<std::int64_t> counts = file_.integers(path);
    if (counts.size() != grid_.cells()) return {};
    std::size_t next = 0;
    return collect(grid_, [&](std::size_t cell) {
      SpikeList list;
      const double timestep = timesteps_[cell / grid_.most];
      for (std::int64_t i = 0; i < counts[cell] && next < times.size() && next < neurons.size();
           ++i) {
        list.step.push_back(std::llround(times[next] / timestep));
        list.neuron.push_back(neurons[next++]);
      }
      return Value(std::move(list));
    });
  }

  [[nodiscard]] std::vector<Value> read_truths(const std::string& path) const {
    const std::vector<std::int64_t> truths = file_.integers(path);
    if (truths.size() != grid_.cells()) return {};
    return collect(grid_, [&](std::size_t cell) { return Value(truths[cell] != 0); });
  }

  [[nodiscard]] std::vector<Value> read_texts(const std::string& path) const {
    const std::vector<std::string> texts = file_.texts(path);
    if (texts.size() != grid_.cells()) return {};
    return collect(grid_, [&](std::size_t cell) { return Value(texts[cell]); });
  }

  [[nodiscard]] Value read_member(const std::string& path) const {
    switch (file_.class_of(path).value_or(Stored::Class::Group)) {
      case Stored::Class::Numbers: {
        const auto shape = make_shape(file_.extents(path));
        std::vector<double> numbers = file_.numbers(path);
        if (!shape || shape->elements() != numbers.size()) return {};
        return Value(Tensor(*shape, std::move(numbers)));
      }
      case Stored::Class::Integers:
        return Value(file_.integers(path) == std::vector<std::int64_t>{1});
      case Stored::Class::Texts: {
        const auto texts = file_.texts(path);
        return Value(texts.empty() ? std::string() : texts.front());
      }
      case Stored::Class::Group:
        break;
    }
    return Value(SpikeList{file_.integers(path + "/step"), file_.integers(path + "/neuron")});
  }

  [[nodiscard]] std::vector<Value> read_members(const std::string& path) const {
    std::vector<Value> values;
    for (std::string member = path + "/0"; file_.has(member);
         member = fmt::format("{}/{}", path, values.size()))
      values.push_back(read_member(member));
    return values;
  }

  const Stored& file_;
  std::size_t table_;
  const Grid& grid_;
  const std::vector<double>& timesteps_;
};

Error damaged(const std::string& path) { return Error{fmt::format("`{}` is damaged", path)}; }

}  // namespace

std::optional<Error> read_table(const Stored& file, std::size_t number,
                                const std::vector<double>& timesteps, StoredRun& run) {
  const std::string path = fmt::format("/tables/{}", number);
  const auto names = file.text_attribute(path, "columns");
  const auto positions = file.integers(fmt::format("/positions/{}", number));
  Grid grid;
  for (const std::int64_t rows : file.integers(fmt::format("/rows/{}", number)))
    grid.rows.push_back(static_cast<std::size_t>(std::max<std::int64_t>(0, rows)));
  if (names.empty() || positions.size() != run.replicas.size() ||
      grid.rows.size() != positions.size())
    return damaged(path);
  grid.most = *std::ranges::max_element(grid.rows);
  const ColumnReader reader(file, number, grid, timesteps);
  std::vector<std::vector<Value>> columns;
  for (const std::string& name : names) {
    columns.push_back(reader.read(name));
    if (columns.back().size() != grid.all()) return damaged(path + "/" + name);
  }
  std::size_t next = 0;
  for (std::size_t replica = 0; replica < positions.size(); ++replica) {
    if (positions[replica] < 0) continue;
    auto& tables = run.replicas[replica].results.tables;
    const auto position = static_cast<std::size_t>(positions[replica]);
    constexpr std::size_t kMostTables = 1 << 16;
    if (position > kMostTables) return damaged(path);
    if (tables.size() <= position) tables.resize(position + 1);
    tables[position].names = names;
    for (std::size_t row = 0; row < grid.rows[replica]; ++row, ++next) {
      std::vector<Value> values;
      for (auto& column : columns) values.push_back(std::move(column[next]));
      tables[position].rows.push_back(std::move(values));
    }
  }
  return std::nullopt;
}

}  // namespace bouton::runtime::hdf5
