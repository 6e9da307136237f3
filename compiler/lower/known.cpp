#include "compiler/lower/known.h"

#include "compiler/elaborate/expr_walk.h"

namespace bouton::lower {

KnownValues::KnownValues(const elaborate::Network& network)
    : environment_(elaborate::make_environment(network)) {
  for (const model::Stmt& stmt : network.statements)
    if (const auto* let = std::get_if<model::Let>(&stmt.node))
      environment_.constants[let->symbol] = &let->value;
}

std::optional<std::int64_t> KnownValues::duration(const model::Expr& expr) {
  if (!is_known(expr)) return std::nullopt;
  const auto steps = elaborate::evaluate_duration(expr, environment_);
  return steps ? std::optional(*steps) : std::nullopt;
}

bool KnownValues::is_known(const model::Expr& expr) const {
  bool known = true;
  elaborate::walk(expr, [&](const model::Expr& part) {
    if (std::holds_alternative<model::Quantity>(part.node)) known = false;
    if (const auto* call = std::get_if<model::Call>(&part.node))
      known = known && !call->site.has_value();
    if (const auto* ref = std::get_if<model::Ref>(&part.node))
      known = known && is_known(ref->symbol);
  });
  return known;
}

bool KnownValues::is_known(model::SymbolId symbol) const {
  if ((*environment_.scope)[symbol].kind == model::SymbolKind::Timestep) return true;
  if (environment_.values[symbol.value]) return true;
  const auto constant = environment_.constants.find(symbol);
  return constant != environment_.constants.end() && is_known(*constant->second);
}

}  // namespace bouton::lower
