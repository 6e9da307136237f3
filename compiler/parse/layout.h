// The token filter between lexer and parser (docs/language.md, layout and lexing). It decides
//  - which line end ends a statement: none inside `( )` and `[ ]`, after `,` `:` `->`, an
//    assignment or a binary operator, or between `}` and `else`; `;` always does;
//  - which word is a unit: an identifier directly after a number (a keyword stays one);
//  - which word is a name although it is a keyword elsewhere: the one after `.`.
// It also pairs the brackets, so that one that is missing is reported where it was opened and does
// not swallow the rest of the file, and bounds what later, recursive phases will meet: the depth of
// nesting and the number of operators along one path through a statement.
#pragma once

#include <optional>
#include <string_view>

#include "compiler/parse/syntax_log.h"
#include "compiler/parse/token.h"

namespace bouton::parse {

inline constexpr std::size_t kMaximumNesting = 200;
inline constexpr std::size_t kMaximumOperators = 1000;

// The tokens for the parser: a NEWLINE for whatever ends a statement, brackets paired. nullopt if
// a bound is exceeded; then nothing further can be said about the text.
[[nodiscard]] std::optional<Tokens> lay_out(const Tokens& words, std::string_view text,
                                            SyntaxLog& log);

}  // namespace bouton::parse
