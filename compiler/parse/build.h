// Parse tree to syntax tree, one function per idea of the grammar. Only the generated contexts are
// known here, so this header is for the folder's own use; parse.h is the way in.
#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "bouton_grammar/BoutonParser.h"
#include "compiler/ast/decl.h"
#include "compiler/parse/comments.h"
#include "compiler/parse/syntax_log.h"

namespace bouton::parse {

using Grammar = grammar::BoutonParser;

struct BuildContext {
  std::string_view text;
  source::FileId file = 0;
  SyntaxLog& log;
  CommentCursor comments;
  // Comments found inside the things that are being built, outermost first: they move in front.
  std::vector<std::vector<ast::Comment>> inner_comments;
};

[[nodiscard]] source::Span span_of(const BuildContext& context, const antlr4::Token* token);
[[nodiscard]] source::Span span_of(const BuildContext& context,
                                   const antlr4::ParserRuleContext* node);
[[nodiscard]] source::Span span_of(const BuildContext& context,
                                   const antlr4::tree::TerminalNode* node);

// ---- comments

// Takes the comments in front of something that begins here; those inside it follow with
// end_trivia.
[[nodiscard]] ast::Trivia begin_trivia(BuildContext& context, source::Span span);
void end_trivia(BuildContext& context, source::Span span, ast::Trivia& trivia);

[[nodiscard]] ast::BraceLayout begin_braces(BuildContext& context, source::Span opening,
                                            source::Span closing);
void end_braces(BuildContext& context, source::Span closing, ast::BraceLayout& layout);

// Builds something that stands on lines of its own, with its comments.
template <typename Line, typename Build>
[[nodiscard]] Line build_line(BuildContext& context, const antlr4::ParserRuleContext* node,
                              Build build) {
  const source::Span span = span_of(context, node);
  ast::Trivia trivia = begin_trivia(context, span);
  Line line{span, build(), {}};
  end_trivia(context, span, trivia);
  line.trivia = std::move(trivia);
  return line;
}

// ---- expressions

[[nodiscard]] ast::Identifier build_name(const BuildContext& context, Grammar::NameContext* node);
[[nodiscard]] std::optional<ast::Identifier> build_optional_name(const BuildContext& context,
                                                                 Grammar::NameContext* node);
[[nodiscard]] ast::Expr build_expression(BuildContext& context, Grammar::ExpressionContext* node);
[[nodiscard]] std::optional<ast::Expr> build_optional_expression(BuildContext& context,
                                                                 Grammar::ExpressionContext* node);
[[nodiscard]] std::vector<ast::Expr> build_expressions(
    BuildContext& context, const std::vector<Grammar::ExpressionContext*>& nodes);
// A value, or a Range.
[[nodiscard]] ast::Expr build_values(BuildContext& context, Grammar::ValuesContext* node);
[[nodiscard]] ast::Expr build_place(BuildContext& context, Grammar::PlaceContext* node);
[[nodiscard]] std::vector<ast::Expr> build_places(BuildContext& context,
                                                  const std::vector<Grammar::PlaceContext*>& nodes);
[[nodiscard]] ast::Expr build_call(BuildContext& context, Grammar::CallContext* node);
[[nodiscard]] std::vector<ast::Expr> build_subscripts(BuildContext& context,
                                                      Grammar::SubscriptsContext* node);
[[nodiscard]] std::vector<ast::Argument> build_arguments(BuildContext& context,
                                                         Grammar::ArgumentsContext* node);
[[nodiscard]] ast::Instantiation build_instantiation(BuildContext& context,
                                                     Grammar::InstantiationContext* node);
[[nodiscard]] ast::Interval build_interval(BuildContext& context, Grammar::IntervalContext* node);

// ---- literals

[[nodiscard]] ast::Number build_number(BuildContext& context, Grammar::QuantityContext* node);
// The characters between the quotes, escapes replaced.
[[nodiscard]] std::string build_text(BuildContext& context,
                                     const antlr4::tree::TerminalNode* string);

// ---- statements, networks, components

[[nodiscard]] ast::Block build_block(BuildContext& context, Grammar::BlockContext* node);
[[nodiscard]] ast::Statement build_statement(BuildContext& context,
                                             Grammar::StatementContext* node);
[[nodiscard]] ast::Run build_run(BuildContext& context, Grammar::RunStatementContext* node);
[[nodiscard]] ast::Population build_population(BuildContext& context,
                                               Grammar::PopulationStatementContext* node);
[[nodiscard]] ast::Projection build_projection(BuildContext& context,
                                               Grammar::ProjectionStatementContext* node);
[[nodiscard]] ast::Sign build_sign(Grammar::SignClauseContext* node);
[[nodiscard]] ast::Handler build_handler(BuildContext& context, Grammar::HandlerItemContext* node);
[[nodiscard]] ast::Body build_body(BuildContext& context, Grammar::BodyContext* node);
[[nodiscard]] std::optional<ast::Identifier> build_type(const BuildContext& context,
                                                        Grammar::TypeAnnotationContext* node);

[[nodiscard]] ast::File build_file(BuildContext& context, Grammar::FileContext* node);

}  // namespace bouton::parse
