#include "compiler/explain/table.h"

#include "compiler/explain/work.h"
#include "compiler/plan/unchanged.h"

namespace bouton::explain {

bool Table::too_large(int lanes) const { return !plan::is_small_table(inputs, results, lanes); }

bool Table::has_reciprocals(int lanes) const {
  return reciprocals > 0 && plan::is_small_table(inputs, results + reciprocals, lanes);
}

std::int64_t Table::numbers(int lanes) const {
  return results + (has_reciprocals(lanes) ? reciprocals : 0);
}

std::int64_t Table::bytes(int lanes) const { return (numbers(lanes) * 8 * lanes) << inputs; }

std::vector<Table> candidates_of(const plan::Plan& plan, const plan::Schedule& schedule) {
  std::vector<Table> tables;
  const auto resting = plan::find_skippable_kernels(plan, schedule);
  for (plan::TabulatedKernels& group : plan::find_tabulated_kernels(plan, schedule, resting)) {
    Table table;
    table.inputs = elements_of(plan, plan.columns[group.inputs]);
    for (const plan::ColumnId column : group.results)
      table.results += elements_of(plan, plan.columns[column]);
    for (const plan::ColumnId column : plan::written_by(plan, group.reciprocals))
      table.reciprocals += elements_of(plan, plan.columns[column]);
    table.group = std::move(group);
    tables.push_back(std::move(table));
  }
  return tables;
}

std::vector<Table> tables_of(const plan::Plan& plan, const plan::Schedule& schedule) {
  std::vector<Table> tables = candidates_of(plan, schedule);
  std::erase_if(tables, [](const Table& table) { return table.too_large(1); });
  return tables;
}

}  // namespace bouton::explain
