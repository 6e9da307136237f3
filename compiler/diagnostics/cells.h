// A source line as a terminal shows it: what each character looks like and how many columns it
// takes. Carets stand under the right place only if tabs, wide and combining characters are counted
// as they are drawn.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bouton::diagnostics {

struct Cell {
  std::size_t byte;    // where the character begins in the line
  std::size_t column;  // where it is drawn; counts from 0
  std::size_t width;   // 0 for combining marks, 2 for wide characters, up to 4 for a tab
  std::string shown;   // control characters are replaced, tabs are spaces
};

// `line` is well-formed UTF-8 without its line end.
[[nodiscard]] std::vector<Cell> lay_out_line(std::string_view line);

// The column at which byte `offset` of the line is drawn; the column behind the last character for
// an offset beyond it.
[[nodiscard]] std::size_t column_of(const std::vector<Cell>& cells, std::size_t offset);

}  // namespace bouton::diagnostics
