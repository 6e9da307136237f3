// Texts that are a little simpler than a given one: what the shrinking tries, largest steps first.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace bouton::fuzz {

// A stretch of the text and what may take its place.
struct Edit {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string replacement;
};
[[nodiscard]] std::string apply_edit(const std::string& text, const Edit& edit);

// Whole lines with the block that they open; blocks without their braces.
[[nodiscard]] std::vector<Edit> lines_to_remove(const std::string& text);
// Items of lists in brackets, clauses, columns, terms.
[[nodiscard]] std::vector<Edit> items_to_remove(const std::string& text);
// `(a + b)` by `a` or `b`, `f(x)` by `x`, groups and numbers by 1.
[[nodiscard]] std::vector<Edit> groups_to_simplify(const std::string& text);
[[nodiscard]] std::vector<Edit> numbers_to_simplify(const std::string& text);

// What a message at `place` points at: the item of a list, else the line with its block.
[[nodiscard]] Edit item_at(const std::string& text, std::size_t place);
[[nodiscard]] Edit line_at(const std::string& text, std::size_t place);

}  // namespace bouton::fuzz
