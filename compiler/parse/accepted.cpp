#include "compiler/parse/accepted.h"

#include <iterator>
#include <variant>

#include "bouton_grammar/BoutonParser.h"

namespace bouton::parse {
namespace {

using grammar::BoutonParser;

// What the braces of a rule hold; 0 (the file itself) for rules without.
std::size_t held_by(std::size_t rule) {
  switch (rule) {
    case BoutonParser::RuleFile:
      return BoutonParser::RuleDeclaration;
    case BoutonParser::RuleBody:
      return BoutonParser::RuleItem;
    case BoutonParser::RuleBlock:
      return BoutonParser::RuleStatement;
    case BoutonParser::RuleSweepDecl:
      return BoutonParser::RuleSweepItem;
    case BoutonParser::RuleObserving:
      return BoutonParser::RuleObservation;
    default:
      return BoutonParser::RuleFile;
  }
}

bool reads_statement(std::size_t rule) {
  return rule == BoutonParser::RuleDeclaration || rule == BoutonParser::RuleItem ||
         rule == BoutonParser::RuleStatement || rule == BoutonParser::RuleSweepItem ||
         rule == BoutonParser::RuleObservation;
}

struct Reach {
  std::size_t position = 0;
  bool complete = false;
};

Reach reach(const Tokens& tokens, std::size_t rule, std::string_view text) {
  ParseRun run(tokens, text);
  const Outcome outcome = parse_rule(run, rule);
  if (const auto* failure = std::get_if<Failure>(&outcome)) return {failure->token, false};
  return {run.position(), true};
}

}  // namespace

std::size_t statement_rule(const Failure& failure, std::size_t statement) {
  for (const OpenRule& open : failure.rules) {
    if (open.begin == statement && reads_statement(open.rule)) return open.rule;
    const bool holds = held_by(open.rule) != BoutonParser::RuleFile;
    const bool around = open.begin < statement || open.rule == BoutonParser::RuleFile;
    if (holds && around) return held_by(open.rule);
  }
  return BoutonParser::RuleDeclaration;
}

Accepted find_accepted(const Tokens& tokens, std::size_t rule, std::size_t statement,
                       const Failure& failure, std::string_view text) {
  Tokens trial(std::next(tokens.begin(), static_cast<std::ptrdiff_t>(statement)),
               std::next(tokens.begin(), static_cast<std::ptrdiff_t>(failure.token)));
  const std::size_t length = trial.size();
  const source::Span here = tokens[failure.token].span;
  const Token end{antlr4::Token::EOF, here};

  Accepted accepted;
  trial.push_back(end);
  const Reach bare = reach(trial, rule, text);
  accepted.statement_may_end = bare.complete && bare.position == length;
  trial.push_back(end);
  for (TokenType type = 1; type <= BoutonParser::RIGHT_BRACE; ++type) {
    trial[length] = {type, here};
    if (reach(trial, rule, text).position > length) accepted.types.insert(type);
  }
  return accepted;
}

}  // namespace bouton::parse
