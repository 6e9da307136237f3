// Recorded rows as text for a terminal: one aligned column per name, numbers to six significant
// digits, larger values in short (`[7, 7] mean 0.012 in -1.5 .. 2`). The full numbers are in the
// result file.
#pragma once

#include <cstddef>
#include <string>

#include "runtime/analysis/results.h"

namespace bouton::runtime {

// A longer table shows its first and last rows.
inline constexpr std::size_t kMostRowsShown = 40;

[[nodiscard]] std::string render_table(const ResultTable& table);
[[nodiscard]] std::string render_value(const Value& value);
// As `print` writes it: texts as they are, numbers with their unit if it is not empty.
[[nodiscard]] std::string render_printed(const Value& value, const std::string& unit);

}  // namespace bouton::runtime
