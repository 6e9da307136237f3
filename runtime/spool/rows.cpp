#include "runtime/spool/rows.h"

#include <algorithm>

#include "runtime/analysis/result_hash.h"

namespace bouton::runtime {

// Tables are hashed one after the other: as many times through the rows as a replica has tables.
Result<std::vector<std::uint64_t>> hash_rows(const RecordedRun& run, const ForEachRow& rows) {
  std::vector<ResultHash> hashes;
  std::size_t most = 0;
  for (const RecordedReplica& replica : run.replicas) {
    hashes.emplace_back(replica.tables.size());
    most = std::max(most, replica.tables.size());
  }
  for (std::size_t table = 0; table < most; ++table) {
    for (std::size_t i = 0; i < run.replicas.size(); ++i)
      if (const auto& tables = run.replicas[i].tables; table < tables.size())
        hashes[i].begin_table(tables[table].names, tables[table].rows);
    const auto error = rows([&](const RecordedRow& row) {
      if (row.table == table) hashes[row.replica].add_row(row.values);
    });
    if (error) return *error;
  }
  std::vector<std::uint64_t> values;
  for (const ResultHash& hash : hashes) values.push_back(hash.value());
  return values;
}

std::uint64_t hash_run(const RunDescription& run, const std::vector<std::uint64_t>& replicas) {
  if (replicas.size() == 1) return replicas.front();
  std::vector<std::uint64_t> seeds;
  for (std::uint64_t i = 0; i < replicas.size(); ++i) seeds.push_back(run.seed_of(i));
  return hash_replicas(seeds, replicas);
}

Result<Results> thin_out(const RecordedRun& run, const ForEachRow& rows, std::size_t replica,
                         std::size_t most_rows) {
  Results results;
  std::vector<std::uint64_t> next;
  for (const RecordedTable& table : run.replicas[replica].tables) {
    results.tables.push_back({table.names, {}});
    next.push_back(0);
  }
  const auto error = rows([&](const RecordedRow& row) {
    if (row.replica != replica) return;
    const std::uint64_t all = run.replicas[replica].tables[row.table].rows;
    const std::uint64_t distance = (all + most_rows - 1) / most_rows;
    if (next[row.table]++ % distance == 0) results.tables[row.table].rows.push_back(row.values);
  });
  if (error) return *error;
  return results;
}

}  // namespace bouton::runtime
