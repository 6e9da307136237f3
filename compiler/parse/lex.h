// Text to words: everything but blanks, with byte positions. Reports characters that belong to no
// word and strings without an end; the words around them are delivered as if nothing had happened.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "compiler/parse/syntax_log.h"
#include "compiler/parse/token.h"

namespace bouton::parse {

// Data belongs in files of its own: a parse tree takes about a kilobyte per word.
inline constexpr std::size_t kMaximumWords = 250'000;

struct Lexed {
  Tokens tokens;                       // with line ends and `;`, without comments
  std::vector<source::Span> comments;  // from `#` to before the line end
};

// nullopt if the text has more than kMaximumWords words and comments.
[[nodiscard]] std::optional<Lexed> lex(std::string_view text, source::FileId file, SyntaxLog& log);

}  // namespace bouton::parse
