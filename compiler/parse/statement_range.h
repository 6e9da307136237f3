// Which tokens make up the statement around one that could not be used: what is left out so that
// the rest of the file can be looked at.
#pragma once

#include <cstddef>
#include <optional>

#include "compiler/parse/token.h"

namespace bouton::parse {

struct TokenRange {
  std::size_t begin = 0;
  std::size_t end = 0;  // one past the last

  [[nodiscard]] bool empty() const { return begin == end; }
};

// The innermost statement, item or declaration that holds or is ended by `token`, without the line
// end after it. Brackets must be paired. Empty only if there is nothing before the end of the file.
[[nodiscard]] TokenRange find_statement(const Tokens& tokens, std::size_t token);

// The `)` of the `(` at `opening`; nothing if there is none, which is so where a `(` was misread.
[[nodiscard]] std::optional<std::size_t> find_closing_paren(const Tokens& tokens,
                                                            std::size_t opening);

}  // namespace bouton::parse
