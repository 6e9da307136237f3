#include "compiler/parse/statement_range.h"

#include "bouton_grammar/BoutonLexer.h"

namespace bouton::parse {
namespace {

using grammar::BoutonLexer;

// Steps over whole blocks, to the line end or brace that bounds the statement.
std::size_t find_begin(const Tokens& tokens, std::size_t token) {
  std::size_t depth = 0;
  for (; token > 0; --token) {
    const TokenType before = tokens[token - 1].type;
    if (depth == 0 && (before == BoutonLexer::NEWLINE || before == BoutonLexer::LEFT_BRACE)) break;
    if (before == BoutonLexer::RIGHT_BRACE) ++depth;
    if (before == BoutonLexer::LEFT_BRACE) --depth;
  }
  return token;
}

std::size_t find_end(const Tokens& tokens, std::size_t token) {
  std::size_t depth = 0;
  for (; !is_end_of_file(tokens[token]); ++token) {
    const TokenType type = tokens[token].type;
    if (depth == 0 && (type == BoutonLexer::NEWLINE || type == BoutonLexer::RIGHT_BRACE)) break;
    if (type == BoutonLexer::LEFT_BRACE) ++depth;
    if (type == BoutonLexer::RIGHT_BRACE) --depth;
  }
  return token;
}

}  // namespace

TokenRange find_statement(const Tokens& tokens, std::size_t token) {
  TokenRange range{find_begin(tokens, token), find_end(tokens, token)};
  // Nothing between the braces: it is the thing they belong to that went wrong.
  while (range.empty() && range.begin > 0) {
    const std::size_t before = range.begin - 1;
    range = {find_begin(tokens, before), find_end(tokens, before)};
    if (range.empty() && tokens[before].type == BoutonLexer::NEWLINE) range = {before, before + 1};
  }
  return range;
}

std::optional<std::size_t> find_closing_paren(const Tokens& tokens, std::size_t opening) {
  if (tokens[opening].type != BoutonLexer::LEFT_PAREN) return std::nullopt;
  std::size_t depth = 0;
  for (std::size_t i = opening; !is_end_of_file(tokens[i]); ++i) {
    if (tokens[i].type == BoutonLexer::LEFT_PAREN) ++depth;
    if (tokens[i].type == BoutonLexer::RIGHT_PAREN && --depth == 0) return i;
  }
  return std::nullopt;
}

}  // namespace bouton::parse
