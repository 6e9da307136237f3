#include "compiler/check/calls.h"

#include <fmt/format.h>

#include "compiler/check/arguments.h"
#include "compiler/check/builtin_calls.h"
#include "compiler/check/convert.h"
#include "compiler/check/expr.h"
#include "compiler/check/names_in_words.h"
#include "compiler/diagnostics/foreign_words.h"
#include "compiler/diagnostics/suggest.h"
#include "compiler/model/builtins.h"

namespace bouton::check {

using diagnostics::Kind;
using enum model::Kind;
using model::SymbolKind;

namespace {

Typed not_a_variable(const ast::Expr& operand, Context& context) {
  context.diagnostics.report(Kind::PreviousOfExpression, operand.span)
      .hint("give the expression a name of its own: `y = …`, then `prev(y)`");
  return unknown_at(operand.span);
}

bool has_previous(SymbolKind kind) {
  return kind == SymbolKind::State || kind == SymbolKind::Algebraic || kind == SymbolKind::Input ||
         kind == SymbolKind::Noise || kind == SymbolKind::Spiked || kind == SymbolKind::Trace ||
         kind == SymbolKind::Weight;
}

bool lacks_initial(model::SymbolId symbol, const Context& context) {
  for (const model::SymbolId one : context.without_previous)
    if (one == symbol) return true;
  return false;
}

void require_initial(model::SymbolId symbol, source::Span span, Context& context) {
  if (!lacks_initial(symbol, context)) return;
  const model::Symbol& declared = context.names[symbol];
  context.diagnostics.report(Kind::NoPrevious, span, {declared.name})
      .other(declared.span, "declared here")
      .hint(fmt::format("add one: `{} = …, initially 0`", declared.name));
}

Typed previous_of_symbol(const ast::Expr& expr, model::SymbolId symbol, Context& context) {
  context.names.mark_used(symbol);
  const model::Symbol& declared = context.names[symbol];
  Type type = context.names.type(symbol);
  if (is_unknown(type)) return unknown_at(expr.span);
  if (!has_previous(declared.kind)) {
    context.diagnostics
        .report(Kind::NotHere, expr.span,
                {fmt::format("`{}`, {},", declared.name, describe(declared.kind)), "`prev`"})
        .other(declared.span, "declared here")
        .hint("`prev` reads a state, an input, a noise, a trace, `w`, `spiked` or `y = …`");
    return unknown_at(expr.span);
  }
  require_initial(symbol, expr.span, context);
  return typed(expr.span, model::Previous{symbol}, std::move(type), context.solver);
}

Typed check_previous(const ast::Expr& expr, const ast::Call& call, Wanted wanted,
                     Context& context) {
  if (call.arguments.size() != 1 || call.arguments[0].name) {
    context.diagnostics.report(Kind::TooManyArguments, expr.span,
                               {"`prev`", "one variable", std::to_string(call.arguments.size())});
    return unknown_at(expr.span);
  }
  const ast::Expr& operand = call.arguments[0].value;
  if (const auto* name = std::get_if<ast::Name>(&operand.node))
    if (const auto symbol = context.names.find(name->name.text))
      return previous_of_symbol(expr, *symbol, context);
  Typed value = check_expr(operand, context, wanted);
  auto* field = std::get_if<model::PartnerField>(&value.expr.node);
  if (field && field->form == model::PartnerField::Form::Value) {
    field->form = model::PartnerField::Form::Previous;
    value.expr.span = expr.span;
    return value;
  }
  return is_unknown(value.type) ? unknown_at(expr.span) : not_a_variable(operand, context);
}

Typed call_of_parameter(const ast::Expr& expr, const ast::Call& call, model::SymbolId symbol,
                        Context& context) {
  context.names.mark_used(symbol);
  if (call.arguments.size() != 1 || call.arguments[0].name) {
    context.diagnostics.report(Kind::TooManyArguments, expr.span,
                               {fmt::format("`{}`", call.function.text), "one number",
                                std::to_string(call.arguments.size())});
    return unknown_at(expr.span);
  }
  Typed argument = fit_number(check_expr(call.arguments[0].value, context),
                              fmt::format("the argument of `{}`", call.function.text), context);
  const auto rank = argument.type.rank;
  model::Call node{symbol, {}, {}, call.derivative, std::nullopt};
  node.arguments.push_back(std::move(argument.expr));
  return typed(expr.span, std::move(node), real(units::kNone, rank), context.solver);
}

// A function of scalars also works element by element.
std::optional<int> rank_of_result(const Type& result, const std::vector<Typed>& arguments) {
  if (result.rank && *result.rank > 0) return result.rank;
  std::optional<int> rank = 0;
  for (const Typed& argument : arguments) {
    if (!argument.type.rank) return std::nullopt;
    if (*argument.type.rank > 0) rank = result.rank ? result.rank : std::nullopt;
  }
  return rank;
}

bool require_place(const FunctionInterface& function, source::Span span, Context& context) {
  const bool dynamics = context.place != Place::Experiment && context.place != Place::Function;
  if (!function.experiment_only || !dynamics) return true;
  context.diagnostics
      .report(Kind::NotHere, span,
              {fmt::format("`{}`, a function of arrays,", function.name),
               std::string(describe(context.place))})
      .other(function.span, "declared here");
  return false;
}

Typed call_of_function(const ast::Expr& expr, const ast::Call& call,
                       const FunctionInterface& function, Context& context) {
  const std::string callee = fmt::format("function `{}`", function.name);
  if (!require_place(function, call.function.span, context)) return unknown_at(expr.span);
  if (function.experiment_only) context.uses_experiment_functions = true;
  const auto given =
      match_arguments(call.arguments, function.parameters, callee, expr.span, context);
  Instance instance(context.solver);
  model::Call node{function.id, {}, {}, call.derivative, std::nullopt};
  std::vector<Typed> arguments;
  bool complete = true;
  const auto parameters = instantiate_parameters(function.parameters, instance);
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const ParameterInterface& parameter = parameters[i];
    complete = complete && given[i] != nullptr;
    if (!given[i]) continue;
    arguments.push_back(check_as(given[i]->value, parameter.type,
                                 fmt::format("`{}` of `{}`", parameter.name, function.name),
                                 context));
  }
  if (!complete || is_unknown(function.result)) return unknown_at(expr.span);
  Type result = instantiate(function.result, instance);
  result.rank = rank_of_result(function.result, arguments);
  if (call.derivative && arguments.size() == 1)
    result.dimension = result.dimension / arguments[0].type.dimension;
  for (Typed& argument : arguments) node.arguments.push_back(std::move(argument.expr));
  return typed(expr.span, std::move(node), std::move(result), context.solver);
}

// What a call that is not understood is given: it may hold errors of its own.
void check_arguments_of(const ast::Call& call, Context& context) {
  for (const ast::Argument& argument : call.arguments) (void)check_expr(argument.value, context);
}

void report_unknown_function(const ast::Identifier& name, Context& context) {
  std::vector<std::string> known = {"prev"};
  for (const auto& [function, unused] : context.interfaces.functions) known.push_back(function);
  for (const model::Builtin& builtin : model::builtins()) known.emplace_back(builtin.name);
  std::string hint = diagnostics::suggest_hint(name.text, known);
  if (const std::string other =
          diagnostics::hint_about_foreign_word(name.text, diagnostics::WordPlace::Function);
      !other.empty())
    hint = other;
  if (hint.empty()) hint = fmt::format("declare it: `function {}(x) = …`", name.text);
  context.diagnostics.report(Kind::UnknownFunction, name.span, {name.text}).hint(hint);
}

Typed unknown_function(const ast::Expr& expr, const ast::Call& call, Context& context) {
  check_arguments_of(call, context);
  const std::string& name = call.function.text;
  if (const auto symbol = context.names.find(name)) {
    context.names.mark_used(*symbol);
    if (is_unknown(context.names.type(*symbol))) return unknown_at(expr.span);
    const model::Symbol& declared = context.names[*symbol];
    context.diagnostics
        .report(Kind::NotAFunction, call.function.span,
                {name, std::string(describe(declared.kind))})
        .other(declared.span, "declared here");
    return unknown_at(expr.span);
  }
  report_unknown_function(call.function, context);
  return unknown_at(expr.span);
}

bool has_derivative(std::string_view builtin) {
  return builtin != "floor" && builtin != "round" &&
         model::builtin(*model::find_builtin(builtin)).signature == model::Signature::Pure;
}

bool require_derivative(const ast::Call& call, Context& context) {
  if (!call.derivative) return true;
  const auto* function = find(context.interfaces.functions, call.function.text);
  const bool exists =
      function ? function->parameters.size() == 1
               : model::find_builtin(call.function.text) && has_derivative(call.function.text);
  if (!exists)
    context.diagnostics.report(Kind::NoDerivative, call.function.span, {call.function.text})
        .hint("smooth functions of one number have one, such as `tanh'(x)`");
  return exists;
}

}  // namespace

Typed check_call(const ast::Expr& expr, const ast::Call& call, Wanted wanted, Context& context) {
  const std::string& name = call.function.text;
  if (name == "prev" && !call.derivative) return check_previous(expr, call, wanted, context);
  const auto symbol = context.names.find(name);
  if (symbol && is_kind(context.names.type(*symbol), Function))
    return call_of_parameter(expr, call, *symbol, context);
  const auto* function = find(context.interfaces.functions, name);
  if (!function && !model::find_builtin(name)) return unknown_function(expr, call, context);
  if (!require_derivative(call, context)) {
    check_arguments_of(call, context);
    return unknown_at(expr.span);
  }
  if (function) return call_of_function(expr, call, *function, context);
  return check_builtin_call(expr, call, *model::find_builtin(name), context);
}

Typed check_prime(const ast::Expr& expr, const ast::Prime& node, Context& context) {
  Typed operand = check_expr(*node.operand, context);
  if (is_unknown(operand.type)) return unknown_at(expr.span);
  Type type = real(operand.type.dimension / units::kTime, operand.type.rank);
  if (auto* field = std::get_if<model::PartnerField>(&operand.expr.node)) {
    field->form = model::PartnerField::Form::Slope;
    return typed(expr.span, *field, std::move(type), context.solver);
  }
  const auto* ref = std::get_if<model::Ref>(&operand.expr.node);
  const SymbolKind kind = ref ? context.names[ref->symbol].kind : SymbolKind::Local;
  if (kind != SymbolKind::State && kind != SymbolKind::Algebraic) {
    const std::string name = ref ? context.names[ref->symbol].name : "this";
    context.diagnostics.report(Kind::SlopeOfOther, expr.span, {name, std::string(describe(kind))})
        .hint("a state and a variable `y = …, initially …` have one");
    return unknown_at(expr.span);
  }
  require_initial(ref->symbol, expr.span, context);
  return typed(expr.span, model::Slope{ref->symbol}, std::move(type), context.solver);
}

Typed check_function_value(const ast::Expr& expr, std::string_view what, Context& context) {
  const auto* name = std::get_if<ast::Name>(&expr.node);
  if (!name) return fit(check_expr(expr, context), of_kind(Function), what, context);
  const std::string& text = name->name.text;
  if (context.names.find(text))
    return fit(check_expr(expr, context), of_kind(Function), what, context);
  std::optional<model::FunctionValue> value;
  if (const auto* function = find(context.interfaces.functions, text)) {
    if (function->parameters.size() == 1) value = model::FunctionValue{function->id};
  } else if (const auto builtin = model::find_builtin(text)) {
    if (model::builtin(*builtin).signature == model::Signature::Pure)
      value = model::FunctionValue{*builtin};
  } else {
    report_unknown_function(name->name, context);
    return unknown_at(expr.span);
  }
  if (value) return typed(expr.span, *value, of_kind(Function), context.solver);
  context.diagnostics.report(Kind::WrongType, expr.span,
                             {std::string(what), "a function of one number",
                              fmt::format("`{}`, which takes something else", text)});
  return unknown_at(expr.span);
}

}  // namespace bouton::check
