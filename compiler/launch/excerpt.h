// The rows of a replica that a person is shown once it has ended: the first and the last of each
// table. The others are not kept.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <vector>

#include "compiler/launch/column_units.h"
#include "runtime/analysis/results.h"

namespace bouton::launch {

class Excerpt {
 public:
  // The last row of a table.
  void add(const runtime::ResultTable& table);
  // All tables, as `render_table` shows them.
  [[nodiscard]] std::string print(const ColumnUnits& units) const;

 private:
  struct Table {
    std::vector<std::string> names;
    std::vector<std::vector<runtime::Value>> first;
    std::deque<std::vector<runtime::Value>> last{};
  };
  std::vector<Table> tables_;
};

}  // namespace bouton::launch
