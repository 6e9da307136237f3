// In which units recorded columns are shown on a terminal.
#pragma once

#include <string>
#include <vector>

#include "runtime/analysis/results.h"
#include "runtime/analysis/shown_unit.h"
#include "runtime/spool/run_description.h"

namespace bouton::launch {

class ColumnUnits {
 public:
  ColumnUnits() = default;
  // The tables of a run's description.
  explicit ColumnUnits(std::vector<std::vector<runtime::DescribedColumn>> tables)
      : tables_(std::move(tables)) {}

  // Of each column of the table with these names.
  [[nodiscard]] std::vector<runtime::ShownUnit> of(const std::vector<std::string>& names) const;

 private:
  std::vector<std::vector<runtime::DescribedColumn>> tables_;
};

}  // namespace bouton::launch
