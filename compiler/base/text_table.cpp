#include "compiler/base/text_table.h"

#include <algorithm>

namespace bouton {

std::size_t width_of(const std::string& text) {
  constexpr unsigned char kContinuation = 0x80;
  constexpr unsigned char kTopBits = 0xC0;
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & kTopBits) != kContinuation; }));
}

std::string TextTable::print_row(const Row& row, const std::vector<std::size_t>& widths) const {
  std::string line;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const std::string padding(widths[i] - width_of(row.cells[i]), ' ');
    if (i > 0) line += "  ";
    line += columns_[i] == Align::Right ? padding + row.cells[i] : row.cells[i] + padding;
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

std::string TextTable::print(std::size_t indent) const {
  std::vector<std::size_t> widths(columns_.size(), 0);
  for (const Row& row : rows_)
    for (std::size_t i = 0; i < row.cells.size(); ++i)
      widths[i] = std::max(widths[i], width_of(row.cells[i]));
  const std::string margin(indent, ' ');
  std::string text;
  for (const Row& row : rows_) {
    text.append(margin).append(print_row(row, widths)).append("\n");
    for (const std::string& note : row.notes)
      text.append(margin).append("    ").append(note).append("\n");
  }
  return text;
}

}  // namespace bouton
