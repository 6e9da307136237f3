// Which kinds of tokens the grammar accepts at one point of a statement.
#pragma once

#include <cstddef>
#include <set>
#include <string_view>

#include "compiler/parse/run_parser.h"
#include "compiler/parse/token.h"

namespace bouton::parse {

struct Accepted {
  std::set<TokenType> types;
  bool statement_may_end = false;

  [[nodiscard]] bool has(TokenType type) const { return types.contains(type); }
};

// The rule that reads the statement beginning at token `statement`, seen from the failure in it.
[[nodiscard]] std::size_t statement_rule(const Failure& failure, std::size_t statement);

// After tokens [statement, failure.token), read by `rule`.
[[nodiscard]] Accepted find_accepted(const Tokens& tokens, std::size_t rule, std::size_t statement,
                                     const Failure& failure, std::string_view text);

}  // namespace bouton::parse
