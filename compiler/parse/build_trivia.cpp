#include <iterator>

#include "compiler/parse/build.h"

namespace bouton::parse {
namespace {

void move_to_end(std::vector<ast::Comment> from, std::vector<ast::Comment>& to) {
  for (ast::Comment& comment : from) {
    comment.blank_line_before = false;
    to.push_back(std::move(comment));
  }
}

}  // namespace

// Token positions are spans already: the stop index is one past the end (run_parser.cpp).
source::Span span_of(const BuildContext& context, const antlr4::Token* token) {
  return {context.file, static_cast<std::uint32_t>(token->getStartIndex()),
          static_cast<std::uint32_t>(token->getStopIndex())};
}

source::Span span_of(const BuildContext& context, const antlr4::ParserRuleContext* node) {
  return source::join(span_of(context, node->start), span_of(context, node->stop));
}

source::Span span_of(const BuildContext& context, const antlr4::tree::TerminalNode* node) {
  return span_of(context, const_cast<antlr4::tree::TerminalNode*>(node)->getSymbol());
}

ast::Trivia begin_trivia(BuildContext& context, source::Span span) {
  ast::Trivia trivia;
  trivia.before = context.comments.take_before(span.begin);
  trivia.blank_line_before = context.comments.blank_line_before(span.begin);
  context.inner_comments.emplace_back();
  return trivia;
}

void end_trivia(BuildContext& context, source::Span span, ast::Trivia& trivia) {
  move_to_end(std::move(context.inner_comments.back()), trivia.before);
  context.inner_comments.pop_back();
  move_to_end(context.comments.take_before(span.end), trivia.before);
  trivia.trailing = context.comments.take_trailing(span.end);
}

ast::BraceLayout begin_braces(BuildContext& context, source::Span opening, source::Span closing) {
  if (!context.inner_comments.empty()) {
    move_to_end(context.comments.take_before(opening.begin), context.inner_comments.back());
  }
  ast::BraceLayout layout;
  const std::string_view inside = context.text.substr(opening.end, closing.begin - opening.end);
  layout.one_line = inside.find('\n') == std::string_view::npos;
  layout.after_opening = context.comments.take_trailing(opening.end);
  return layout;
}

void end_braces(BuildContext& context, source::Span closing, ast::BraceLayout& layout) {
  layout.before_closing = context.comments.take_before(closing.begin);
}

}  // namespace bouton::parse
