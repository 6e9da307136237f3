#include "compiler/parse/comments.h"

#include <string>
#include <utility>

namespace bouton::parse {

std::vector<ast::Comment> CommentCursor::take_before(std::size_t position) {
  std::vector<ast::Comment> taken;
  while (next_ < comments_.size() && comments_[next_].begin < position) {
    taken.push_back(make(comments_[next_++]));
  }
  return taken;
}

std::optional<ast::Comment> CommentCursor::take_trailing(std::size_t position) {
  if (next_ == comments_.size() || comments_[next_].begin < position) return std::nullopt;
  const std::string_view between = text_.substr(position, comments_[next_].begin - position);
  if (between.find_first_not_of(" \t,;") != std::string_view::npos) return std::nullopt;
  return make(comments_[next_++]);
}

bool CommentCursor::blank_line_before(std::size_t position) const {
  std::size_t line_ends = 0;
  while (position > 0) {
    const char before = text_[--position];
    if (before == '\n') {
      if (++line_ends == 2) return true;
    } else if (before != ' ' && before != '\t') {
      return false;
    }
  }
  return false;
}

ast::Comment CommentCursor::make(source::Span span) const {
  std::string_view body = text_.substr(span.begin, span.end - span.begin);
  const bool documentation = body.starts_with("##");
  body.remove_prefix(documentation ? 2 : 1);
  if (body.starts_with(' ')) body.remove_prefix(1);
  const std::size_t last = body.find_last_not_of(" \t");
  body = body.substr(0, last == std::string_view::npos ? 0 : last + 1);
  return {std::string(body), documentation, blank_line_before(span.begin), span};
}

}  // namespace bouton::parse
