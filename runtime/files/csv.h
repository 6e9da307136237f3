// Comma-separated numbers under one line of column names. Only the columns that are asked for have
// to hold numbers; a `nan` is refused (it usually stands for a missing value), `inf` is a number.
#pragma once

#include <optional>
#include <string_view>

#include "runtime/base/result.h"
#include "runtime/tensor/tensor.h"

namespace bouton::runtime {

// `columns` is a name, giving a vector of the rows, or a pattern with `*` and `?`, giving a matrix
// [row, column] with the matching columns in the order of the file. Without it: all columns, as a
// vector if there is only one.
Result<Tensor> read_csv(std::string_view text, std::optional<std::string_view> columns);

}  // namespace bouton::runtime
