// What a person would say about a token that does not fit: what could have stood there, what was
// seen, and a hint for the usual slips.
//
// What could have stood there is found by asking the grammar: the statement up to that point is
// parsed again with each kind of token in turn. It costs milliseconds, once per message, and is
// exact, where the parser's own prediction state is not.
#pragma once

#include <string>
#include <string_view>

#include "compiler/parse/run_parser.h"
#include "compiler/parse/token.h"

namespace bouton::parse {

struct SyntaxMessage {
  source::Span span;
  std::string headline;
  std::string hint;  // may be empty
};

// `statement` is the index of the first token of the statement that holds the failure.
[[nodiscard]] SyntaxMessage explain(const Tokens& tokens, const Failure& failure,
                                    std::size_t statement, std::string_view text);

}  // namespace bouton::parse
