#include "runtime/analysis/results.h"

#include <algorithm>
#include <optional>

#include "runtime/base/check.h"

namespace bouton::runtime {
namespace {

bool has_names_of(const ResultTable& table, const std::vector<RecordedValue>& row) {
  return table.names.size() == row.size() &&
         std::all_of(row.begin(), row.end(), [&table](const RecordedValue& entry) {
           return std::find(table.names.begin(), table.names.end(), entry.name) !=
                  table.names.end();
         });
}

ResultTable new_table(const std::vector<RecordedValue>& row) {
  ResultTable table;
  for (const RecordedValue& entry : row) {
    require(std::find(table.names.begin(), table.names.end(), entry.name) == table.names.end(),
            "the names of a recorded row differ");
    table.names.push_back(entry.name);
  }
  return table;
}

}  // namespace

std::size_t record_row(Results& results, std::vector<RecordedValue> row) {
  auto table = std::find_if(results.tables.begin(), results.tables.end(),
                            [&row](const ResultTable& known) { return has_names_of(known, row); });
  if (table == results.tables.end()) table = results.tables.insert(table, new_table(row));
  std::vector<Value> values(row.size());
  for (RecordedValue& entry : row) {
    const auto place = std::find(table->names.begin(), table->names.end(), entry.name);
    values[static_cast<std::size_t>(place - table->names.begin())] = std::move(entry.value);
  }
  table->rows.push_back(std::move(values));
  return static_cast<std::size_t>(table - results.tables.begin());
}

}  // namespace bouton::runtime
