// The generated parser on a list of tokens: a parse tree, or the first token it could not use.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "compiler/parse/token.h"

namespace antlr4 {
class ListTokenSource;
class CommonTokenStream;
class ParserRuleContext;
}  // namespace antlr4
namespace bouton::grammar {
class BoutonParser;
}

namespace bouton::parse {

// The tree lives as long as this value.
class ParseRun {
 public:
  ParseRun(std::span<const Token> tokens, std::string_view text);
  ~ParseRun();

  ParseRun(const ParseRun&) = delete;
  ParseRun& operator=(const ParseRun&) = delete;

  [[nodiscard]] grammar::BoutonParser& parser() { return *parser_; }
  // How many tokens have been used.
  [[nodiscard]] std::size_t position() const;

 private:
  std::unique_ptr<antlr4::ListTokenSource> source_;
  std::unique_ptr<antlr4::CommonTokenStream> stream_;
  std::unique_ptr<grammar::BoutonParser> parser_;
};

struct OpenRule {
  std::size_t rule = 0;   // grammar::BoutonParser::Rule…
  std::size_t begin = 0;  // its first token
};

// The parser stops at its first error.
struct Failure {
  std::size_t token = 0;        // the token that could not be used
  std::vector<OpenRule> rules;  // innermost first
};

using Outcome = std::variant<antlr4::ParserRuleContext*, Failure>;

// `rule` is a value of grammar::BoutonParser::Rule…: file, or one kind of statement.
[[nodiscard]] Outcome parse_rule(ParseRun& run, std::size_t rule);

}  // namespace bouton::parse
