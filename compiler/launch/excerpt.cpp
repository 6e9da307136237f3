#include "compiler/launch/excerpt.h"

#include <algorithm>

#include "runtime/analysis/render_table.h"

namespace bouton::launch {

namespace {

// One more than are shown of a long table, so that it is taken for one.
constexpr std::size_t kFirst = runtime::kMostRowsShown / 2 + 1;
constexpr std::size_t kLast = runtime::kMostRowsShown / 2;

}  // namespace

void Excerpt::add(const runtime::ResultTable& table) {
  auto known = std::ranges::find(tables_, table.names, &Table::names);
  if (known == tables_.end()) known = tables_.insert(tables_.end(), Table{table.names, {}});
  if (known->first.size() < kFirst) return known->first.push_back(table.rows.back());
  known->last.push_back(table.rows.back());
  if (known->last.size() > kLast) known->last.pop_front();
}

std::string Excerpt::print(const ColumnUnits& units) const {
  std::string text;
  for (const Table& table : tables_) {
    runtime::ResultTable shown{table.names, table.first};
    shown.rows.insert(shown.rows.end(), table.last.begin(), table.last.end());
    text += "\n" + runtime::render_table(shown, units.of(table.names));
  }
  return text;
}

}  // namespace bouton::launch
