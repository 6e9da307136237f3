// Recorded rows as text for a terminal: one aligned column per name, numbers to six significant
// digits, larger values in short (`[7, 7] mean 0.012 in -1.5 .. 2`). The full numbers are in the
// result file.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "runtime/analysis/results.h"
#include "runtime/analysis/shown_unit.h"

namespace bouton::runtime {

// A longer table shows its first and last rows.
inline constexpr std::size_t kMostRowsShown = 40;

// `units` of the columns stand in the header; without any, numbers are shown as they are.
[[nodiscard]] std::string render_table(const ResultTable& table,
                                       const std::vector<ShownUnit>& units = {});
[[nodiscard]] std::string render_value(const Value& value);
// A number in a coherent unit, with the unit that it is shown in.
[[nodiscard]] std::string render_in_unit(const Value& value, const ShownUnit& unit);
// As `print` writes it: texts as they are, numbers with their unit if `unit`, the coherent one, is
// not empty.
[[nodiscard]] std::string render_printed(const Value& value, const std::string& unit);

}  // namespace bouton::runtime
