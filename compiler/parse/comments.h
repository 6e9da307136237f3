// Hands out the comments of a file, in order, to the things they belong to.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "compiler/ast/trivia.h"
#include "compiler/source/span.h"

namespace bouton::parse {

class CommentCursor {
 public:
  CommentCursor(std::vector<source::Span> comments, std::string_view text)
      : comments_(std::move(comments)), text_(text) {}

  // Every comment that begins before `position` and has not been taken.
  [[nodiscard]] std::vector<ast::Comment> take_before(std::size_t position);
  // The comment on the line where something ended at `position`, if only `,` or `;` stands between.
  [[nodiscard]] std::optional<ast::Comment> take_trailing(std::size_t position);
  // An empty line stands right before the line of `position`.
  [[nodiscard]] bool blank_line_before(std::size_t position) const;

 private:
  [[nodiscard]] ast::Comment make(source::Span span) const;

  std::vector<source::Span> comments_;
  std::string_view text_;
  std::size_t next_ = 0;
};

}  // namespace bouton::parse
