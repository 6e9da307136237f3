// Tokens between lexer and parser: a type of the grammar and where it stands.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "compiler/source/span.h"

namespace bouton::parse {

// Values are those of bouton::grammar::BoutonLexer.
using TokenType = std::size_t;

struct Token {
  TokenType type = 0;
  source::Span span;
};

using Tokens = std::vector<Token>;  // the last one is the end of the file

[[nodiscard]] inline std::string_view text_of(const Token& token, std::string_view text) {
  return text.substr(token.span.begin, token.span.end - token.span.begin);
}

[[nodiscard]] bool is_end_of_file(const Token& token);
// A word that is a keyword in some places and a name in all others.
[[nodiscard]] bool is_soft_word(TokenType type);
[[nodiscard]] bool is_reserved_word(TokenType type);
// Words that open a declaration of the outermost level and nothing else.
[[nodiscard]] bool opens_declaration(TokenType type);

}  // namespace bouton::parse
