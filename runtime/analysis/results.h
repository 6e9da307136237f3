// What a run records: tables of rows. `record` appends one row to the table of its set of names; a
// new set of names opens a new table (SEMANTICS: runs).
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "runtime/tensor/value.h"

namespace bouton::runtime {

struct RecordedValue {
  std::string name;
  Value value;
};

struct ResultTable {
  std::vector<std::string> names;        // in the order of the first row
  std::vector<std::vector<Value>> rows;  // one value per name
};

struct Results {
  std::vector<ResultTable> tables;  // in the order of their first rows
};

// The names of one row differ from each other. Returns the index of the table that took the row.
std::size_t record_row(Results& results, std::vector<RecordedValue> row);

}  // namespace bouton::runtime
