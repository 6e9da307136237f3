#include "runtime/hdf5/table_writer.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/hdf5/column_writer.h"

namespace bouton::runtime::hdf5 {
namespace {

// What the program says about the columns of a table with these names, in their order.
std::vector<DescribedColumn> described(const RunDescription& run,
                                       const std::vector<std::string>& names) {
  std::map<std::string_view, const DescribedColumn*> known;
  for (const std::string& name : names) known[name] = nullptr;
  const auto is_meant = [&known](const std::vector<DescribedColumn>& columns) {
    return columns.size() == known.size() &&
           std::ranges::all_of(columns, [&known](const DescribedColumn& column) {
             return known.contains(column.name);
           });
  };
  const auto found = std::ranges::find_if(run.tables, is_meant);
  if (found != run.tables.end())
    for (const DescribedColumn& column : *found) known[column.name] = &column;
  std::vector<DescribedColumn> all;
  for (const std::string& name : names)
    all.push_back(known[name] != nullptr ? *known[name] : DescribedColumn{name, "1", ""});
  return all;
}

class TableWriter {
 public:
  TableWriter(NewFile& file, ReplicaAxes& axes, const RunDescription& run)
      : file_(file),
        axes_(axes),
        run_(run),
        tables_(file.add_group(file.root(), "tables")),
        positions_(file.add_group(file.root(), "positions")),
        rows_(file.add_group(file.root(), "rows")),
        shapes_(file.add_group(file.root(), "shapes")),
        spikes_(file.add_group(file.root(), "spikes")),
        names_(file, tables_.id(), axes) {}

  void add(const MergedTable& table) {
    const std::string number = std::to_string(writers_.size());
    const Handle group = file_.add_group(tables_.id(), number);
    const Handle shapes = file_.add_group(shapes_.id(), number);
    file_.add_attribute(group.id(), "columns", table.names);
    const std::vector<std::size_t> replicas = {table.positions.size()};
    file_.add_whole<std::int64_t>(positions_.id(), number, Cell::Integer, replicas,
                                  table.positions);
    add_row_counts(number, table);
    names_.begin_table(table);
    auto& writers = writers_.emplace_back();
    const std::vector<DescribedColumn> columns = described(run_, table.names);
    for (std::size_t i = 0; i < table.names.size(); ++i) {
      const DescribedColumn& column = columns[i];
      const bool spikes = table.columns[i].kind == MergedColumn::Kind::Spikes;
      writers.push_back(
          make_column_writer({file_, table, i, run_, axes_, names_, group.id(), shapes.id(),
                              spikes_.id(), spikes ? free_name(column) : "", column.unit}));
    }
  }

  void take(const RecordedRow& row, std::size_t table, std::size_t number) {
    for (std::size_t i = 0; i < row.values.size(); ++i)
      std::visit([&](auto& column) { column.add(row.replica, number, row.values[i]); },
                 writers_[table][i]);
  }

  void flush() {
    for (auto& writers : writers_)
      for (ColumnWriter& writer : writers) std::visit([](auto& column) { column.flush(); }, writer);
  }

 private:
  void add_row_counts(const std::string& number, const MergedTable& table) {
    const std::vector<std::int64_t> counts(table.rows.begin(), table.rows.end());
    Handle dataset =
        file_.add_whole<std::int64_t>(rows_.id(), number, Cell::Integer, axes_.extents(), counts);
    axes_.attach(dataset.id());
  }

  // The population's, if no other column holds spikes of it.
  std::string free_name(const DescribedColumn& column) {
    const std::string wanted = column.population.empty() ? column.name : column.population;
    std::string name = wanted;
    for (int i = 1; !spike_groups_.insert(name).second; ++i)
      name = wanted + "." + std::to_string(i);
    return name;
  }

  NewFile& file_;
  ReplicaAxes& axes_;
  const RunDescription& run_;
  Handle tables_, positions_, rows_, shapes_, spikes_;
  TableAxes names_;
  std::set<std::string> spike_groups_;
  std::vector<std::vector<ColumnWriter>> writers_;  // by table and column
};

}  // namespace

std::optional<Error> write_tables(NewFile& file, ReplicaAxes& axes, const RecordedRun& run,
                                  const MergedTables& merged, const ForEachRow& rows) {
  TableWriter writer(file, axes, run.description);
  for (const MergedTable& table : merged.tables) writer.add(table);
  std::vector<std::vector<std::size_t>> next(merged.tables.size());
  for (auto& of_table : next) of_table.resize(run.replicas.size(), 0);
  auto error = rows([&](const RecordedRow& row) {
    const std::size_t table = merged.numbers[row.replica][row.table];
    writer.take(row, table, next[table][row.replica]++);
  });
  writer.flush();
  return error;
}

}  // namespace bouton::runtime::hdf5
