#include "compiler/parse/expectation.h"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <set>
#include <vector>

#include "bouton_grammar/BoutonLexer.h"
#include "bouton_grammar/BoutonParser.h"
#include "compiler/diagnostics/foreign_words.h"
#include "compiler/diagnostics/suggest.h"
#include "compiler/parse/accepted.h"
#include "compiler/parse/slips.h"

namespace bouton::parse {
namespace {

using grammar::BoutonLexer;
using grammar::BoutonParser;

// `'->'` of the vocabulary as "->"; empty for kinds of tokens without a fixed spelling.
std::string spelling(TokenType type) {
  static const BoutonLexer lexer(nullptr);
  const std::string literal = lexer.getVocabulary().getLiteralName(type);
  if (type == BoutonLexer::PRIME) return "'";
  return literal.size() > 2 ? literal.substr(1, literal.size() - 2) : "";
}

void drop(std::set<TokenType>& types, std::initializer_list<TokenType> dropped) {
  for (const TokenType type : dropped) types.erase(type);
}

void drop_range(std::set<TokenType>& types, TokenType first, TokenType last) {
  types.erase(types.lower_bound(first), types.upper_bound(last));
}

// What can follow a complete operand can follow any: only what else could stand there is worth
// saying.
void drop_continuations(std::set<TokenType>& types) {
  drop_range(types, BoutonLexer::EQUAL, BoutonLexer::GREATER);
  drop_range(types, BoutonLexer::PLUS, BoutonLexer::POWER);
  drop(types,
       {BoutonLexer::AND, BoutonLexer::OR, BoutonLexer::MOD, BoutonLexer::DOT, BoutonLexer::PRIME,
        BoutonLexer::LEFT_BRACKET, BoutonLexer::LEFT_PAREN, BoutonLexer::UNIT});
}

void drop_value_starts(std::set<TokenType>& types) {
  drop(types, {BoutonLexer::INT, BoutonLexer::REAL, BoutonLexer::STRING, BoutonLexer::TRUE,
               BoutonLexer::FALSE, BoutonLexer::MINUS, BoutonLexer::NOT, BoutonLexer::LEFT_PAREN,
               BoutonLexer::LEFT_BRACKET, BoutonLexer::IF});
}

void drop_names(std::set<TokenType>& types) {
  types.erase(BoutonLexer::IDENT);
  drop_range(types, BoutonLexer::ADDITIVE, BoutonLexer::WITHIN);
}

class Expectation {
 public:
  explicit Expectation(const Accepted& accepted)
      : types_(accepted.types), statement_may_end_(accepted.statement_may_end) {}

  std::vector<std::string> alternatives(bool after_keyword, bool closes_call) && {
    if (after_keyword) drop_keyword_as_name();
    take_clause();
    take_value();
    take_assignment();
    take_closing(closes_call);
    for (const TokenType type : types_) {
      if (const std::string word = spelling(type); !word.empty()) {
        words_.push_back(fmt::format("`{}`", word));
      } else if (type == BoutonLexer::STRING) {
        words_.emplace_back("a string");
      } else if (type == BoutonLexer::INT) {
        words_.emplace_back("a whole number");
      }
    }
    if (statement_may_end_) words_.emplace_back("the end of the statement");
    return std::move(words_);
  }

 private:
  [[nodiscard]] bool has(TokenType type) const { return types_.contains(type); }

  // After `spike`, somebody wants to write a spike condition, not to assign to a variable `spike`.
  void drop_keyword_as_name() {
    const std::set<TokenType> all = types_;
    drop_range(types_, BoutonLexer::PLUS_ASSIGN, BoutonLexer::DIVIDE_ASSIGN);
    drop(types_, {BoutonLexer::ASSIGN, BoutonLexer::PRIME, BoutonLexer::DOT});
    if (types_.empty() || (types_.size() == 1 && has(BoutonLexer::LEFT_BRACKET))) types_ = all;
  }

  void take_clause() {
    if (!has(BoutonLexer::AXONAL) || has(BoutonLexer::IDENT)) return;
    words_.emplace_back("a clause of the projection");
    drop_names(types_);
    drop(types_, {BoutonLexer::NO});
  }

  void take_value() {
    if (has(BoutonLexer::INT) && has(BoutonLexer::LEFT_PAREN)) {
      words_.emplace_back("a value");
      drop_value_starts(types_);
      drop_names(types_);
    } else if (has(BoutonLexer::IDENT)) {
      words_.emplace_back("a name");
      drop_names(types_);
    }
    if (has(BoutonLexer::TIMES)) drop_continuations(types_);
  }

  void take_assignment() {
    if (!has(BoutonLexer::PLUS_ASSIGN)) return;
    words_.emplace_back("an assignment (`=`, `+=`, …)");
    drop_range(types_, BoutonLexer::PLUS_ASSIGN, BoutonLexer::DIVIDE_ASSIGN);
    drop(types_, {BoutonLexer::ASSIGN, BoutonLexer::DOT, BoutonLexer::LEFT_BRACKET});
  }

  void take_closing(bool closes_call) {
    if (!closes_call || !has(BoutonLexer::RIGHT_PAREN)) return;
    words_.emplace_back("`)` to close the call");
    drop(types_, {BoutonLexer::RIGHT_PAREN, BoutonLexer::ASSIGN});
  }

  std::set<TokenType> types_;
  bool statement_may_end_;
  std::vector<std::string> words_;
};

std::string at_statement_start(std::size_t rule) {
  switch (rule) {
    case BoutonParser::RuleItem:
      return "an equation, a state, a handler or another item";
    case BoutonParser::RuleStatement:
      return "a statement";
    case BoutonParser::RuleSweepItem:
      return "an axis of the sweep (`name in values`)";
    case BoutonParser::RuleObservation:
      return "an observation (`name = reducer(quantity)`)";
    default:
      return "a declaration (`neuron`, `rule`, `experiment`, …)";
  }
}

std::string join_alternatives(const std::vector<std::string>& words) {
  std::string joined;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) joined += i + 1 == words.size() ? " or " : ", ";
    joined += words[i];
  }
  return joined.empty() ? "something else" : joined;
}

std::string describe(const Token& token, std::string_view text) {
  constexpr std::size_t kShown = 40;
  if (is_end_of_file(token)) return "the end of the file";
  const std::string_view written = text_of(token, text);
  if (token.type == BoutonLexer::NEWLINE && written != ";") return "the end of the line";
  if (token.type == BoutonLexer::STRING && written.size() > kShown) return "a string";
  return fmt::format("`{}`", written);
}

// A line end is shown right behind what stands before it.
source::Span place_of(const Tokens& tokens, std::size_t token, std::string_view text) {
  const source::Span span = tokens[token].span;
  const bool line_end = is_end_of_file(tokens[token]) ||
                        (tokens[token].type == BoutonLexer::NEWLINE && text[span.begin] == '\n');
  if (!line_end || token == 0) return span;
  const std::uint32_t end = tokens[token - 1].span.end;
  return {span.file, end, end};
}

std::vector<std::string> statement_words(std::size_t rule) {
  switch (rule) {
    case BoutonParser::RuleItem:
      return {"input", "noise", "state",    "broadcast", "spike", "refractory", "psp",     "on",
              "trace", "bound", "renewing", "additive",  "sign",  "solve",      "nonlocal"};
    case BoutonParser::RuleStatement:
      return {"let",       "var",      "if",     "for",        "every",  "circuit",
              "break",     "timestep", "phase",  "run",        "reset",  "clip",
              "learn",     "record",   "replay", "population", "expect", "plot",
              "normalise", "silence",  "print",  "projection"};
    case BoutonParser::RuleSweepItem:
      return {"seeds"};
    case BoutonParser::RuleObservation:
      return {};
    default:
      return {"import",  "function",   "neuron", "synapse", "rule",
              "circuit", "experiment", "sweep",  "verify"};
  }
}

struct Place {
  const Tokens& tokens;
  std::size_t token;
  std::size_t statement;
  std::size_t rule;
  std::string_view text;
  bool in_list = false;  // of arguments or parameters
};

// `Poisson(rate = 20 Hz bias = 3)`.
bool lacks_comma(const Place& place, const Accepted& accepted) {
  const TokenType found = place.tokens[place.token].type;
  return place.in_list && (found == BoutonLexer::IDENT || is_soft_word(found)) &&
         accepted.has(BoutonLexer::COMMA) && accepted.has(BoutonLexer::RIGHT_PAREN);
}

std::string hint_about_found(const Place& place, const Accepted& accepted) {
  const Token& found = place.tokens[place.token];
  if (lacks_comma(place, accepted))
    return fmt::format("is a `,` missing before `{}`?", text_of(found, place.text));
  if (found.type == BoutonLexer::IF && accepted.has(BoutonLexer::INT)) {
    return "as an operand, `if … : … else: …` stands in parentheses";
  }
  if (found.type == BoutonLexer::ASSIGN && accepted.has(BoutonLexer::EQUAL)) {
    return "`==` compares, `=` assigns";
  }
  if (found.type == BoutonLexer::DOT) return "numbers have digits on both sides of the point";
  if (is_reserved_word(found.type) && accepted.has(BoutonLexer::IDENT)) {
    return fmt::format("`{}` is a reserved word", text_of(found, place.text));
  }
  return "";
}

diagnostics::WordPlace word_place(std::size_t rule) {
  return rule == BoutonParser::RuleItem ? diagnostics::WordPlace::Item
                                        : diagnostics::WordPlace::Statement;
}

// The statement begins with a word that is nearly a keyword, or one of another language.
std::string hint_about_keyword(const Place& place) {
  const Token& first = place.tokens[place.statement];
  if (place.token > place.statement + 1) return "";
  const std::string_view word = text_of(first, place.text);
  const std::string foreign = diagnostics::hint_about_foreign_word(word, word_place(place.rule));
  if (!foreign.empty() || first.type != BoutonLexer::IDENT) return foreign;
  if (word.size() < 3) return "";  // too short to be a misspelt keyword
  return diagnostics::suggest_hint(word, statement_words(place.rule));
}

// A clause of a projection that has another name.
std::string hint_about_clause(const Place& place, const Accepted& accepted) {
  if (!accepted.has(BoutonLexer::AXONAL) || accepted.has(BoutonLexer::IDENT)) return "";
  static const std::vector<std::string> kClauses = {"connect",  "via",    "weight",    "weights",
                                                    "learning", "axonal", "dendritic", "backprop",
                                                    "sign",     "no"};
  const std::string_view word = text_of(place.tokens[place.token], place.text);
  const std::string foreign =
      diagnostics::hint_about_foreign_word(word, diagnostics::WordPlace::Clause);
  return foreign.empty() ? diagnostics::suggest_hint(word, kClauses) : foreign;
}

std::string hint_for(const Place& place, const Accepted& accepted) {
  std::string slip = hint_about_slip(place.tokens, place.token, place.statement, place.text);
  if (!slip.empty()) return slip;
  if (std::string hint = hint_about_found(place, accepted); !hint.empty()) return hint;
  if (std::string hint = hint_about_clause(place, accepted); !hint.empty()) return hint;
  return hint_about_keyword(place);
}

bool in_call(const Failure& failure) {
  for (const OpenRule& open : failure.rules) {
    if (open.rule == BoutonParser::RuleArguments) return true;
    if (open.rule == BoutonParser::RulePrimary && open.begin < failure.token) return false;
    if (open.rule == BoutonParser::RuleParameters) return false;
  }
  return false;
}

// Of arguments or of parameters.
bool in_list(const Failure& failure) {
  return in_call(failure) || std::ranges::any_of(failure.rules, [](const OpenRule& open) {
           return open.rule == BoutonParser::RuleParameters;
         });
}

std::string describe_expected(const Place& place, const Failure& failure,
                              const Accepted& accepted) {
  if (place.token == place.statement) return at_statement_start(place.rule);
  const bool after_keyword =
      place.token == place.statement + 1 && is_soft_word(place.tokens[place.statement].type);
  return join_alternatives(Expectation(accepted).alternatives(after_keyword, in_call(failure)));
}

}  // namespace

SyntaxMessage explain(const Tokens& tokens, const Failure& failure, std::size_t statement,
                      std::string_view text) {
  const std::size_t rule = statement_rule(failure, statement);
  const Accepted accepted = find_accepted(tokens, rule, statement, failure, text);
  const Place place{tokens, failure.token, statement, rule, text, in_list(failure)};
  const std::string found = describe(tokens[failure.token], text);
  return {place_of(tokens, failure.token, text),
          fmt::format("expected {}, found {}", describe_expected(place, failure, accepted), found),
          hint_for(place, accepted)};
}

}  // namespace bouton::parse
