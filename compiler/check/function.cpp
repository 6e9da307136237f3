#include "compiler/check/function.h"

#include <fmt/format.h>

#include <array>

#include "compiler/check/declare.h"
#include "compiler/check/expr.h"
#include "compiler/check/items.h"

namespace bouton::check {

namespace {

void refuse_defaults(const ast::Function& function, Context& context) {
  for (const ast::Parameter& parameter : function.parameters)
    if (parameter.default_value)
      context.diagnostics.report(diagnostics::Kind::NotHere, parameter.default_value->span,
                                 {"a default", "the parameters of a function"});
}

}  // namespace

CheckedFunction check_function(const ast::Function& function, Context& context) {
  model::Function checked;
  checked.name = function.name.text;
  checked.span = function.name.span;
  const Predefined predefined = declare_predefined(context);
  DeclaredParameters parameters = declare_parameters(function.parameters, std::nullopt, context);
  refuse_defaults(function, context);
  Typed value = check_expr(function.value, context);
  constexpr std::array kRead = {model::SymbolKind::Parameter};
  warn_of_unused(kRead, context);
  for (const ParameterInterface& parameter : parameters.interface)
    checked.parameters.push_back(parameter.symbol);
  checked.value = std::move(value.expr);
  checked.timestep = if_used(predefined.timestep, context);
  checked.scope = context.names.to_scope(context.solver);
  resolve(parameters.interface, context.solver);
  resolve(value.type, context.solver);
  return {std::move(checked),
          {{},
           function.name.text,
           function.name.span,
           std::move(parameters.interface),
           std::move(value.type),
           context.uses_experiment_functions}};
}

}  // namespace bouton::check
