// `plot y vs x` as text for a terminal: points on a grid, with the ranges of both axes.
#pragma once

#include <string>
#include <vector>

#include "runtime/analysis/results.h"
#include "runtime/analysis/shown_unit.h"

namespace bouton::runtime {

// Rows in which either value is no finite number (or, with a logarithmic axis, no positive y) are
// left out, and counted in the last line. A row whose x is smaller than that of the row before
// begins a new curve with a mark of its own: `o x + *`. A line below names the curves by the column
// that tells them apart. `units` of the table's columns: numbers are shown in them.
[[nodiscard]] std::string render_plot(const ResultTable& table, const std::string& y,
                                      const std::string& x, bool logarithmic,
                                      const std::vector<ShownUnit>& units = {});

}  // namespace bouton::runtime
