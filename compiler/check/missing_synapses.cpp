#include "compiler/check/missing_synapses.h"

#include <fmt/format.h>

#include "compiler/ast/print_expr.h"
#include "compiler/check/quantity.h"

namespace bouton::check {

namespace {

// `net.up[1]` of `net.up[1].w`: what is left without the last steps of a path.
const ast::Expr& without_steps(const ast::Expr& expr, std::size_t steps) {
  if (steps == 0) return expr;
  if (const auto* field = std::get_if<ast::Field>(&expr.node))
    return without_steps(*field->object, steps - 1);
  return without_steps(*std::get<ast::Index>(expr.node).object, steps - 1);
}

}  // namespace

void warn_of_missing_synapses(const ast::Call& call, BodyContext& body) {
  const ast::Expr& variable = call.arguments.front().value;
  const auto path = parse_path(variable);
  if (!path || !starts_with_owner(*path, body)) return;
  const auto owner = resolve_owner(*path, body);
  const auto* projection = owner ? std::get_if<const Projection*>(&owner->owner) : nullptr;
  if (projection == nullptr) return;
  const std::string name =
      ast::print_expression(without_steps(variable, path->steps.size() - owner->next));
  for (const ProjectionPiece* piece : possible_pieces(**projection, owner->family_indices)) {
    if (!piece->gaps) continue;
    body.context.diagnostics
        .report(diagnostics::Kind::MissingSynapsesCount, variable.span, {call.function.text, name})
        .other(*piece->gaps, "leaves them out")
        .hint(fmt::format("of the synapses that there are the mean is `sum({})/{}.synapses`",
                          ast::print_expression(variable), name));
    return;
  }
}

}  // namespace bouton::check
