// Which number of a data file cannot be used, and why.
#pragma once

#include <string>
#include <string_view>

#include "runtime/tensor/shape.h"

namespace bouton::runtime {

// Rows and columns count from 0, as indices of the array do: `row 3, column 1 is nan: …`.
[[nodiscard]] std::string unusable_number(const Shape& shape, std::size_t element,
                                          std::string_view number);

// No number, or a whole one that a double does not hold.
inline constexpr std::string_view kNan = "nan";
inline constexpr std::string_view kBeyondDouble = "a whole number beyond 2^53";

}  // namespace bouton::runtime
