#include "compiler/diagnostics/cells.h"

#include <algorithm>
#include <array>

#include "compiler/source/utf8.h"

namespace bouton::diagnostics {
namespace {

constexpr std::size_t kTabStop = 4;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

struct Range {
  char32_t first;
  char32_t last;
};

// Combining marks, zero-width characters and variation selectors.
constexpr std::array<Range, 8> kNoWidth = {{{0x0300, 0x036F},
                                            {0x0483, 0x0489},
                                            {0x1AB0, 0x1AFF},
                                            {0x1DC0, 0x1DFF},
                                            {0x200B, 0x200F},
                                            {0x20D0, 0x20FF},
                                            {0xFE00, 0xFE0F},
                                            {0xFE20, 0xFE2F}}};

// East Asian wide and fullwidth characters, and the emoji blocks.
constexpr std::array<Range, 13> kWide = {{{0x1100, 0x115F},
                                          {0x2E80, 0x303E},
                                          {0x3041, 0x33FF},
                                          {0x3400, 0x4DBF},
                                          {0x4E00, 0x9FFF},
                                          {0xA000, 0xA4CF},
                                          {0xAC00, 0xD7A3},
                                          {0xF900, 0xFAFF},
                                          {0xFE30, 0xFE6F},
                                          {0xFF00, 0xFF60},
                                          {0xFFE0, 0xFFE6},
                                          {0x1F300, 0x1FAFF},
                                          {0x20000, 0x3FFFD}}};

template <typename Ranges>
bool contains(const Ranges& ranges, char32_t value) {
  return std::any_of(ranges.begin(), ranges.end(), [value](const Range& range) {
    return value >= range.first && value <= range.last;
  });
}

// C0 and C1 controls and the bidirectional overrides: they would rearrange the message itself.
bool is_control(char32_t value) {
  const bool c0_or_c1 = value < 0x20 || (value >= 0x7F && value < 0xA0);
  const bool bidirectional =
      (value >= 0x202A && value <= 0x202E) || (value >= 0x2066 && value <= 0x2069);
  return c0_or_c1 || bidirectional;
}

std::size_t width_of(char32_t value) {
  if (contains(kNoWidth, value)) return 0;
  return contains(kWide, value) ? 2 : 1;
}

Cell lay_out_character(std::string_view bytes, char32_t value, std::size_t byte,
                       std::size_t column) {
  if (value == '\t') {
    const std::size_t width = kTabStop - column % kTabStop;
    return {byte, column, width, std::string(width, ' ')};
  }
  if (is_control(value)) return {byte, column, 1, std::string(kReplacement)};
  return {byte, column, width_of(value), std::string(bytes)};
}

}  // namespace

std::vector<Cell> lay_out_line(std::string_view line) {
  std::vector<Cell> cells;
  std::size_t column = 0;
  for (std::size_t at = 0; at < line.size();) {
    const auto code_point =
        source::decode_code_point(line, at).value_or(source::CodePoint{0xFFFD, 1});
    cells.push_back(
        lay_out_character(line.substr(at, code_point.length), code_point.value, at, column));
    column += cells.back().width;
    at += code_point.length;
  }
  return cells;
}

std::size_t column_of(const std::vector<Cell>& cells, std::size_t offset) {
  const auto found = std::find_if(cells.begin(), cells.end(),
                                  [offset](const Cell& cell) { return cell.byte >= offset; });
  if (found != cells.end()) return found->column;
  return cells.empty() ? 0 : cells.back().column + cells.back().width;
}

}  // namespace bouton::diagnostics
