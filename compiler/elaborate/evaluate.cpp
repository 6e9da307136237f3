#include "compiler/elaborate/evaluate.h"

#include <fmt/format.h>

#include <cmath>

#include "compiler/base/match.h"
#include "compiler/elaborate/array_expr.h"
#include "compiler/elaborate/builtin_call.h"
#include "compiler/elaborate/expr_walk.h"
#include "compiler/elaborate/operators.h"
#include "compiler/elaborate/steps.h"
#include "runtime/base/run_errors.h"
#include "runtime/tensor/access.h"

namespace bouton::elaborate {

namespace {

using runtime::Value;

Outcome<Value> evaluate_symbol(model::SymbolId symbol, source::Span span, Environment& env) {
  if (const auto& value = env.values[symbol.value]) return *value;
  const auto constant = env.constants.find(symbol);
  const model::Symbol& declared = (*env.scope)[symbol];
  if (declared.kind == model::SymbolKind::Timestep) return Value(env.timestep);
  if (constant == env.constants.end())
    return Problem{span, fmt::format("`{}` has no value here", declared.name),
                   "a value that sizes or declarations depend on must follow from the parameters"};
  auto value = evaluate(*constant->second, env);
  if (value) env.values[symbol.value] = *value;
  return value;
}

bool is_known(model::SymbolId symbol, const Environment& env) {
  if ((*env.scope)[symbol].kind == model::SymbolKind::Timestep) return true;
  if (env.values[symbol.value] || env.functions[symbol.value]) return true;
  const auto constant = env.constants.find(symbol);
  return constant != env.constants.end() && elaborate::is_known(*constant->second, env);
}

Outcome<Value> evaluate_unary(const model::Unary& unary, source::Span span, Environment& env) {
  auto operand = evaluate(*unary.operand, env);
  if (!operand) return operand;
  return apply_unary(unary.op, *operand, span);
}

Outcome<Value> evaluate_binary(const model::Binary& binary, source::Span span, Environment& env) {
  auto left = evaluate(*binary.left, env);
  if (!left) return left;
  if (const auto decided = decided_by_left(binary.op, *left)) return Value(*decided);
  auto right = evaluate(*binary.right, env);
  if (!right) return right;
  return apply_binary(binary.op, *left, *right, span);
}

Outcome<Value> evaluate_choice(const model::Choice& choice, Environment& env) {
  const auto condition = evaluate_condition(*choice.condition, env);
  if (!condition) return condition.problem();
  return evaluate(*condition ? *choice.when_true : *choice.when_false, env);
}

Problem wrong_kind(const model::Expr& expr, const char* wanted, const Value& value) {
  return {expr.span, fmt::format("expected {}, but this is {}", wanted, runtime::describe(value)),
          ""};
}

Outcome<Value> evaluate_to_steps(const model::ToSteps& conversion, source::Span span,
                                 Environment& env) {
  const auto duration = evaluate_number(*conversion.duration, env);
  if (!duration) return duration.problem();
  const auto steps = to_steps(*duration, env.timestep, span, kExperimentArithmetic);
  if (!steps) return steps.problem();
  return Value(static_cast<double>(*steps));
}

Outcome<Value> evaluate_to_time(const model::ToTime& conversion, Environment& env) {
  const auto steps = evaluate(*conversion.steps, env);
  if (!steps) return steps;
  const auto* numbers = steps->as<runtime::Tensor>();
  if (numbers == nullptr) return wrong_kind(*conversion.steps, "a number of steps", *steps);
  runtime::Tensor times = *numbers;
  for (double& number : times.data())
    number = to_time(static_cast<std::int64_t>(number), env.timestep, kExperimentArithmetic);
  return Value(std::move(times));
}

Outcome<Value> evaluate_quantity(const model::Quantity& quantity, source::Span span,
                                 Environment& env) {
  if (env.read_quantity) return env.read_quantity(quantity, span);
  return Problem{span,
                 fmt::format("`{}.{}` has no value before the experiment runs",
                             (*env.scope)[quantity.owner].name, quantity.variable),
                 ""};
}

}  // namespace

Environment make_environment(const Network& network) {
  Environment environment;
  environment.program = network.program;
  environment.scope = &network.source().scope;
  environment.timestep = network.timestep;
  environment.seed = network.seed;
  environment.source_directory = network.source_directory;
  environment.values.resize(environment.scope->all().size());
  environment.functions.resize(environment.values.size());
  for (const auto& [symbol, value] : network.parameters) environment.values[symbol.value] = value;
  return environment;
}

Outcome<Value> evaluate(const model::Expr& expr, Environment& env) {
  using Result = Outcome<Value>;
  const source::Span span = expr.span;
  return match(
      expr.node, [](const model::Number& number) -> Result { return Value(number.value); },
      [](const model::Truth& truth) -> Result { return Value(truth.value); },
      [](const model::Text& text) -> Result { return Value(text.value); },
      [&](const model::Ref& ref) { return evaluate_symbol(ref.symbol, span, env); },
      [&](const model::Unary& unary) { return evaluate_unary(unary, span, env); },
      [&](const model::Binary& binary) { return evaluate_binary(binary, span, env); },
      [&](const model::Choice& choice) { return evaluate_choice(choice, env); },
      [&](const model::Call& call) { return evaluate_call(call, span, env); },
      [&](const model::FunctionValue&) -> Result {
        return Problem{span, "a function is no value: it can only be called or passed on", ""};
      },
      [&](const model::ToSteps& steps) { return evaluate_to_steps(steps, span, env); },
      [&](const model::ToTime& time) { return evaluate_to_time(time, env); },
      [&](const model::ArrayLiteral& array) { return evaluate_array(array, span, env); },
      [&](const model::TupleLiteral& tuple) { return evaluate_tuple(tuple, env); },
      [&](const model::Range& range) { return evaluate_range(range, span, env); },
      [&](const model::Index& index) { return evaluate_index(index, span, env); },
      [&](const model::RecordField& field) { return evaluate_field(field, span, env); },
      [&](const model::Quantity& quantity) { return evaluate_quantity(quantity, span, env); },
      [](const model::Previous&) -> Result { BOUTON_UNREACHABLE("prev in an experiment"); },
      [](const model::Slope&) -> Result { BOUTON_UNREACHABLE("a slope in an experiment"); },
      [](const model::PartnerField&) -> Result { BOUTON_UNREACHABLE("pre. in an experiment"); });
}

std::optional<FunctionValue> function_named_by(const model::Expr& expr, const Environment& env) {
  if (const auto* function = std::get_if<model::FunctionValue>(&expr.node)) return *function;
  if (const auto* ref = std::get_if<model::Ref>(&expr.node))
    return env.functions[ref->symbol.value];
  return std::nullopt;
}

bool is_known(const model::Expr& expr, const Environment& env) {
  bool known = true;
  walk(expr, [&](const model::Expr& part) {
    if (std::holds_alternative<model::Quantity>(part.node)) known = false;
    if (const auto* call = std::get_if<model::Call>(&part.node))
      known = known && !call->site.has_value();
    if (const auto* ref = std::get_if<model::Ref>(&part.node))
      known = known && is_known(ref->symbol, env);
  });
  return known;
}

std::optional<bool> truth_of(const Value& value) {
  if (const auto* truth = value.as<bool>()) return *truth;
  if (const auto* tensor = value.as<runtime::Tensor>()) return runtime::all_true(*tensor);
  return std::nullopt;
}

Outcome<bool> evaluate_condition(const model::Expr& expr, Environment& env) {
  const auto value = evaluate(expr, env);
  if (!value) return value.problem();
  const auto truth = truth_of(*value);
  if (!truth) return wrong_kind(expr, "a truth value", *value);
  return *truth;
}

Outcome<double> evaluate_number(const model::Expr& expr, Environment& env) {
  const auto value = evaluate(expr, env);
  if (!value) return value.problem();
  const auto* tensor = value->as<runtime::Tensor>();
  if (tensor == nullptr || !tensor->is_scalar()) return wrong_kind(expr, "one number", *value);
  return tensor->scalar();
}

Outcome<std::int64_t> evaluate_whole(const model::Expr& expr, Environment& env) {
  const auto number = evaluate_number(expr, env);
  if (!number) return number.problem();
  const auto whole = runtime::whole_number(*number);
  if (!whole) return Problem{expr.span, whole.error().message, ""};
  return *whole;
}

Outcome<std::int64_t> evaluate_duration(const model::Expr& expr, Environment& env) {
  if (expr.type.kind == model::Kind::Steps) return evaluate_whole(expr, env);
  const auto duration = evaluate_number(expr, env);
  if (!duration) return duration.problem();
  if (!std::isinf(*duration))
    return to_steps(*duration, env.timestep, expr.span, kExperimentArithmetic);
  return Problem{expr.span, runtime::bad_duration(*duration, env.timestep).message, ""};
}

}  // namespace bouton::elaborate
