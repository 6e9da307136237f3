// Numbers, texts and arrays out of a JSON file. Nested arrays of equal length become one array; the
// texts "inf",
// "-inf" and "nan" are the numbers that JSON cannot write; objects become records.
#pragma once

#include <string_view>

#include "runtime/base/result.h"
#include "runtime/tensor/value.h"

namespace bouton::runtime {

// `at` is a path of names and positions, `cases/0/weight`; empty: the whole file.
Result<Value> read_json(std::string_view text, std::string_view at);

}  // namespace bouton::runtime
