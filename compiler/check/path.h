// `net.pyr[l].u` taken apart: the first name and what follows it, one step per field or bracket.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "compiler/ast/expr.h"

namespace bouton::check {

using PathStep = std::variant<const ast::Identifier*, const std::vector<ast::Expr>*>;

struct Path {
  const ast::Identifier* root = nullptr;
  std::vector<PathStep> steps;
  std::vector<source::Span> ends;  // of the whole up to and including step i
};

// Nothing when the expression is no name with fields and brackets.
[[nodiscard]] std::optional<Path> parse_path(const ast::Expr& expr);

// Nothing when step i is absent or of the other form.
[[nodiscard]] const ast::Identifier* field_at(const Path& path, std::size_t i);
[[nodiscard]] const std::vector<ast::Expr>* subscripts_at(const Path& path, std::size_t i);

}  // namespace bouton::check
