#include "compiler/parse/parse.h"

#include <iterator>
#include <utility>

#include "compiler/parse/build.h"
#include "compiler/parse/expectation.h"
#include "compiler/parse/layout.h"
#include "compiler/parse/lex.h"
#include "compiler/parse/run_parser.h"
#include "compiler/parse/statement_range.h"

namespace bouton::parse {
namespace {

using diagnostics::Kind;

// From the beginning of the statement to its end, or to the block after the failure: what is
// reported inside that block says nothing about the failure.
source::Span head_around(const Tokens& tokens, std::size_t failed, TokenRange statement) {
  source::Span head = source::join(tokens[statement.begin].span, tokens[failed].span);
  for (std::size_t i = failed; i < statement.end; ++i) {
    if (tokens[i].type == Grammar::LEFT_BRACE) break;
    head = source::join(head, tokens[i].span);
  }
  return head;
}

void report_failure(const Tokens& tokens, const Failure& failure, TokenRange statement,
                    std::string_view text, SyntaxLog& log) {
  if (log.touches(head_around(tokens, failure.token, statement))) return;
  SyntaxMessage message = explain(tokens, failure, statement.begin, text);
  log.report(Kind::SyntaxError, message.span, {std::move(message.headline)})
      .hint(std::move(message.hint));
}

// What to leave out so that the parser gets further: the statement, or only the parameters of a
// declaration, so that errors in its body are found as well.
TokenRange find_removal(const Tokens& tokens, const Failure& failure, TokenRange statement) {
  for (const OpenRule& open : failure.rules) {
    if (open.rule != Grammar::RuleParameters || open.begin == failure.token) continue;
    if (const auto closing = find_closing_paren(tokens, open.begin))
      return {open.begin, *closing + 1};
  }
  return statement;
}

void remove(TokenRange range, Tokens& tokens) {
  tokens.erase(std::next(tokens.begin(), static_cast<std::ptrdiff_t>(range.begin)),
               std::next(tokens.begin(), static_cast<std::ptrdiff_t>(range.end)));
}

// Without the statements that had to be left out, and without anything to look at after the cap.
std::optional<ast::File> parse_tokens(Tokens tokens, Lexed& lexed, std::string_view text,
                                      source::FileId file, SyntaxLog& log) {
  for (;;) {
    ParseRun run(tokens, text);
    const Outcome outcome = parse_rule(run, Grammar::RuleFile);
    const auto* failure = std::get_if<Failure>(&outcome);
    if (failure == nullptr) {
      BuildContext context{text, file, log, CommentCursor(std::move(lexed.comments), text), {}};
      auto* tree =
          dynamic_cast<Grammar::FileContext*>(std::get<antlr4::ParserRuleContext*>(outcome));
      return build_file(context, tree);
    }
    const TokenRange statement = find_statement(tokens, failure->token);
    report_failure(tokens, *failure, statement, text, log);
    if (statement.empty() || log.full()) return std::nullopt;
    remove(find_removal(tokens, *failure, statement), tokens);
  }
}

bool holds_anything(const Lexed& lexed) {
  for (const Token& token : lexed.tokens) {
    if (!is_end_of_file(token) && token.type != Grammar::NEWLINE) return true;
  }
  return false;
}

std::optional<ast::File> parse_text(std::string_view text, source::FileId file, SyntaxLog& log) {
  std::optional<Lexed> lexed = lex(text, file, log);
  if (!lexed) return std::nullopt;
  if (!holds_anything(*lexed)) {
    if (log.empty()) {
      log.report(Kind::EmptyFile, {file, 0, 0})
          .hint("a program declares neurons, rules and an `experiment`");
    }
    return std::nullopt;
  }
  std::optional<Tokens> tokens = lay_out(lexed->tokens, text, log);
  if (!tokens) return std::nullopt;
  return parse_tokens(std::move(*tokens), *lexed, text, file, log);
}

}  // namespace

std::optional<ast::File> parse(const source::SourceMap& sources, source::FileId file,
                               diagnostics::Diagnostics& diagnostics) {
  SyntaxLog log;
  const std::string_view text = sources.text(file);
  std::optional<ast::File> built = parse_text(text, file, log);
  if (log.empty()) return built;
  std::move(log).hand_over(diagnostics);
  return std::nullopt;
}

}  // namespace bouton::parse
