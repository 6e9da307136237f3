#include "compiler/check/noise.h"

#include <fmt/format.h>

#include "compiler/check/declare.h"
#include "compiler/check/expr.h"

namespace bouton::check {

namespace {

units::Dimension white_dimension() { return units::kNone / *units::kTime.power(1, 2); }

void report_unknown(const ast::Expr& law, std::string_view name, Context& context) {
  context.diagnostics.report(diagnostics::Kind::UnknownNoise, law.span, {std::string(name)})
      .hint("there are `white`, `normal(mean, deviation)` and `uniform(low, high)`");
}

}  // namespace

model::Noise declare_noise(const ast::Noise& noise, Context& context) {
  const auto* name = std::get_if<ast::Name>(&noise.law.node);
  Type type = !name                        ? real(context.solver.fresh())
              : name->name.text == "white" ? real(white_dimension())
                                           : unknown_type();
  model::Noise declared;
  declared.symbol = declare_name(noise.name, model::SymbolKind::Noise, std::move(type), context);
  return declared;
}

void check_noise(const ast::Noise& noise, model::Noise& declared, Context& context) {
  if (const auto* name = std::get_if<ast::Name>(&noise.law.node)) {
    if (name->name.text != "white") report_unknown(noise.law, name->name.text, context);
    return;
  }
  const auto* call = std::get_if<ast::Call>(&noise.law.node);
  const std::string_view name = call ? std::string_view(call->function.text) : "this";
  if (name != "normal" && name != "uniform") return report_unknown(noise.law, name, context);
  declared.law = name == "normal" ? model::Noise::Law::Normal : model::Noise::Law::Uniform;
  if (call->arguments.size() != 2) {
    context.diagnostics.report(
        diagnostics::Kind::TooManyArguments, noise.law.span,
        {fmt::format("`{}`", name), "2 arguments", std::to_string(call->arguments.size())});
    return;
  }
  const Type type = context.names.type(declared.symbol);
  for (const ast::Argument& argument : call->arguments)
    declared.arguments.push_back(
        check_as(argument.value, type, fmt::format("an argument of `{}`", name), context).expr);
}

}  // namespace bouton::check
