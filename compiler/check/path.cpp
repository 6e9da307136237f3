#include "compiler/check/path.h"

namespace bouton::check {

std::optional<Path> parse_path(const ast::Expr& expr) {
  if (const auto* name = std::get_if<ast::Name>(&expr.node)) return Path{&name->name, {}, {}};
  if (const auto* field = std::get_if<ast::Field>(&expr.node)) {
    auto path = parse_path(*field->object);
    if (!path) return std::nullopt;
    path->steps.emplace_back(&field->field);
    path->ends.push_back(expr.span);
    return path;
  }
  if (const auto* index = std::get_if<ast::Index>(&expr.node)) {
    auto path = parse_path(*index->object);
    if (!path) return std::nullopt;
    path->steps.emplace_back(&index->subscripts);
    path->ends.push_back(expr.span);
    return path;
  }
  return std::nullopt;
}

const ast::Identifier* field_at(const Path& path, std::size_t i) {
  if (i >= path.steps.size()) return nullptr;
  const auto* field = std::get_if<const ast::Identifier*>(&path.steps[i]);
  return field == nullptr ? nullptr : *field;
}

const std::vector<ast::Expr>* subscripts_at(const Path& path, std::size_t i) {
  if (i >= path.steps.size()) return nullptr;
  const auto* subscripts = std::get_if<const std::vector<ast::Expr>*>(&path.steps[i]);
  return subscripts == nullptr ? nullptr : *subscripts;
}

}  // namespace bouton::check
