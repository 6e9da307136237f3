#include "runtime/hdf5/merged_table.h"

#include <algorithm>

namespace bouton::runtime::hdf5 {
namespace {

MergedTable& find_table(std::vector<MergedTable>& tables, const ResultTable& table,
                        std::size_t replicas) {
  const auto known = std::ranges::find(tables, table.names, &MergedTable::names);
  if (known != tables.end()) return *known;
  MergedTable made;
  made.names = table.names;
  made.positions.assign(replicas, -1);
  tables.push_back(std::move(made));
  return tables.back();
}

void decide_layout(MergedTable& table, const RecordedRun& run) {
  const std::size_t replicas = run.replicas.size();
  std::vector<std::size_t> counts(replicas, 0);
  for (const MergedTable::Row& row : table.rows) ++counts[static_cast<std::size_t>(row.replica)];
  const bool equal =
      std::ranges::count(counts, counts.front()) == static_cast<std::ptrdiff_t>(replicas);
  if (replicas > 1 && equal) {
    table.leading = {replicas, counts.front()};
  } else {
    table.leading = {table.rows.size()};
    table.keyed = replicas > 1;
  }
}

}  // namespace

std::vector<MergedTable> merge_tables(const RecordedRun& run) {
  std::vector<MergedTable> tables;
  for (std::size_t replica = 0; replica < run.replicas.size(); ++replica) {
    const auto& recorded = run.replicas[replica].results.tables;
    for (std::size_t position = 0; position < recorded.size(); ++position) {
      MergedTable& table = find_table(tables, recorded[position], run.replicas.size());
      table.positions[replica] = static_cast<std::int64_t>(position);
      for (std::size_t row = 0; row < recorded[position].rows.size(); ++row)
        table.rows.push_back({static_cast<std::int64_t>(replica), static_cast<std::int64_t>(row),
                              &recorded[position].rows[row]});
    }
  }
  for (MergedTable& table : tables) decide_layout(table, run);
  return tables;
}

}  // namespace bouton::runtime::hdf5
