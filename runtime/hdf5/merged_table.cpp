#include "runtime/hdf5/merged_table.h"

#include <algorithm>
#include <numeric>

namespace bouton::runtime::hdf5 {
namespace {

std::size_t find_table(std::vector<MergedTable>& tables, const RecordedTable& table,
                       std::size_t replicas) {
  const auto known = std::ranges::find(tables, table.names, &MergedTable::names);
  if (known != tables.end()) return static_cast<std::size_t>(known - tables.begin());
  MergedTable made;
  made.names = table.names;
  made.positions.assign(replicas, -1);
  made.rows.assign(replicas, 0);
  made.columns.resize(table.names.size());
  tables.push_back(std::move(made));
  return tables.size() - 1;
}

MergedTables merge_names(const RecordedRun& run) {
  MergedTables merged;
  for (std::size_t replica = 0; replica < run.replicas.size(); ++replica) {
    auto& numbers = merged.numbers.emplace_back();
    for (const RecordedTable& table : run.replicas[replica].tables) {
      const std::size_t number = find_table(merged.tables, table, run.replicas.size());
      merged.tables[number].positions[replica] = static_cast<std::int64_t>(numbers.size());
      merged.tables[number].rows[replica] = table.rows;
      numbers.push_back(number);
    }
  }
  return merged;
}

MergedColumn::Kind kind_of(const Value& value) {
  using Kind = MergedColumn::Kind;
  if (value.as<Tensor>() != nullptr) return Kind::Numbers;
  if (value.as<bool>() != nullptr) return Kind::Truths;
  if (value.as<std::string>() != nullptr) return Kind::Texts;
  if (value.as<SpikeList>() != nullptr) return Kind::Spikes;
  return Kind::Mixed;
}

void note_shape(const Tensor& tensor, bool first, MergedColumn& column) {
  const auto extents = tensor.shape().extents();
  column.elements += tensor.size();
  if (first) {
    column.largest.assign(extents.begin(), extents.end());
    return;
  }
  column.one_shape = column.one_shape && std::ranges::equal(column.largest, extents);
  column.one_rank = column.one_rank && column.largest.size() == extents.size();
  if (!column.one_rank) return;
  for (std::size_t i = 0; i < extents.size(); ++i)
    column.largest[i] = std::max(column.largest[i], extents[i]);
}

void note(const Value& value, std::size_t replica, std::size_t replicas, MergedColumn& column) {
  using Kind = MergedColumn::Kind;
  const Kind kind = kind_of(value);
  const bool first = column.kind == Kind::Empty;
  column.kind = first || column.kind == kind ? kind : Kind::Mixed;
  if (const auto* tensor = value.as<Tensor>()) note_shape(*tensor, first, column);
  if (const auto* spikes = value.as<SpikeList>()) {
    column.spikes.resize(replicas, 0);
    column.spikes[replica] += spikes->size();
  }
}

}  // namespace

std::uint64_t MergedTable::most_rows() const { return *std::ranges::max_element(rows); }

std::uint64_t MergedTable::all_rows() const {
  return std::accumulate(rows.begin(), rows.end(), std::uint64_t{0});
}

Result<MergedTables> merge_tables(const RecordedRun& run, const ForEachRow& rows) {
  MergedTables merged = merge_names(run);
  const auto error = rows([&](const RecordedRow& row) {
    MergedTable& table = merged.tables[merged.numbers[row.replica][row.table]];
    for (std::size_t i = 0; i < row.values.size(); ++i)
      note(row.values[i], row.replica, run.replicas.size(), table.columns[i]);
  });
  if (error) return *error;
  return merged;
}

}  // namespace bouton::runtime::hdf5
