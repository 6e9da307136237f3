#include "compiler/launch/column_units.h"

#include <algorithm>

namespace bouton::launch {

namespace {

using Columns = std::vector<runtime::DescribedColumn>;

const runtime::DescribedColumn* find_column(const Columns& columns, const std::string& name) {
  const auto found = std::ranges::find(columns, name, &runtime::DescribedColumn::name);
  return found == columns.end() ? nullptr : &*found;
}

}  // namespace

std::vector<runtime::ShownUnit> ColumnUnits::of(const std::vector<std::string>& names) const {
  const auto table = std::ranges::find_if(tables_, [&](const Columns& columns) {
    return columns.size() == names.size() &&
           std::ranges::all_of(names, [&](const auto& name) { return find_column(columns, name); });
  });
  std::vector<runtime::ShownUnit> units(names.size());
  if (table == tables_.end()) return units;
  for (std::size_t i = 0; i < names.size(); ++i)
    units[i] = runtime::shown_unit(find_column(*table, names[i])->unit);
  return units;
}

}  // namespace bouton::launch
