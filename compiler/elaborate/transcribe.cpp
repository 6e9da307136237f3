#include "compiler/elaborate/transcribe.h"

#include "compiler/elaborate/builtin_call.h"
#include "compiler/elaborate/literal.h"
#include "compiler/elaborate/rewrite.h"

namespace bouton::elaborate {

namespace {

// A name of the circuit's scope by what it stands for.
void replace_name(model::Expr& expr, const model::Ref& ref, Builder& builder) {
  if (const auto& function = builder.environment.functions[ref.symbol.value]) {
    expr.node = *function;
    return;
  }
  const auto value = evaluate(expr, builder.environment);
  if (!value) return builder.report(value.problem());
  expr = literal_of(*value, expr.type, expr.span);
}

void replace_callee(model::Call& call, const Builder& builder) {
  if (const auto* parameter = std::get_if<model::SymbolId>(&call.callee)) {
    const auto& function = builder.environment.functions[parameter->value];
    BOUTON_CHECK(function.has_value(), "check has found the function");
    std::visit([&](const auto& id) { call.callee = id; }, function->function);
  }
  if (call.site) (*call.site)->name = site_in((*call.site)->name, builder.environment);
}

}  // namespace

model::Stmt transcribe(const model::Stmt& stmt, Builder& builder) {
  model::Stmt copy = stmt;
  rewrite(copy, [&](model::Expr& expr) {
    if (auto* quantity = std::get_if<model::Quantity>(&expr.node))
      quantity->circuit = builder.instance();
    else if (auto* call = std::get_if<model::Call>(&expr.node))
      replace_callee(*call, builder);
    else if (const auto* name = std::get_if<model::Ref>(&expr.node))
      replace_name(expr, model::Ref{*name}, builder);
  });
  return copy;
}

}  // namespace bouton::elaborate
