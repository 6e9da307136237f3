// Breaks one long line of code into several, at places where a line end is no token.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bouton::ast {

inline constexpr std::size_t kWidth = 100;

// Columns: code points, not bytes.
[[nodiscard]] std::size_t width_of(std::string_view text);

// `line` includes its indentation; continuation lines are indented by four columns more. Breaks
// follow commas where there are any, else operators, as far out of brackets as possible. A line
// without such a place stays too long.
[[nodiscard]] std::vector<std::string> wrap(const std::string& line);

}  // namespace bouton::ast
