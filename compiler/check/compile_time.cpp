#include "compiler/check/compile_time.h"

#include "compiler/base/match.h"
#include "compiler/check/expr_walk.h"
#include "compiler/model/builtins.h"

namespace bouton::check {

namespace {

bool is_fixed(model::SymbolId symbol, const BodyContext& body) {
  const model::SymbolKind kind = body.context.names[symbol].kind;
  return kind == model::SymbolKind::Parameter || kind == model::SymbolKind::Timestep ||
         body.compile_time.contains(symbol);
}

// The first part that is not fixed; nullptr if all are.
const model::Expr* find_unfixed(const model::Expr& expr, const BodyContext& body) {
  const model::Expr* found = nullptr;
  walk(expr, [&](const model::Expr& part) {
    if (found != nullptr) return;
    const auto* ref = std::get_if<model::Ref>(&part.node);
    const auto* call = std::get_if<model::Call>(&part.node);
    const bool unfixed = (ref != nullptr && !is_fixed(ref->symbol, body)) ||
                         (call != nullptr && call->site.has_value()) ||
                         std::holds_alternative<model::Quantity>(part.node);
    if (unfixed) found = &part;
  });
  return found;
}

}  // namespace

bool is_compile_time(const model::Expr& expr, const BodyContext& body) {
  return find_unfixed(expr, body) == nullptr;
}

void require_compile_time(const model::Expr& expr, std::string_view what, BodyContext& body) {
  const model::Expr* unfixed = find_unfixed(expr, body);
  if (unfixed == nullptr) return;
  body.context.diagnostics
      .report(diagnostics::Kind::NotFixedByParameters, unfixed->span, {std::string(what)})
      .hint("it must follow from the parameters alone");
}

}  // namespace bouton::check
