#include "compiler/elaborate/scalar_call.h"

#include <array>

#include "compiler/model/builtins.h"
#include "runtime/math/math.h"

namespace bouton::elaborate {

namespace {

namespace math = runtime::math;

struct Entry {
  std::string_view name;
  double (*function)(double, double);
};

// Plain functions so that every builtin is one line.
constexpr auto kEntries = std::to_array<Entry>({
    {"exp", [](double x, double) { return math::exp(x); }},
    {"ln", [](double x, double) { return math::log(x); }},
    {"log1p", [](double x, double) { return math::log1p(x); }},
    {"expm1", [](double x, double) { return math::expm1(x); }},
    {"logistic", [](double x, double) { return math::logistic(x); }},
    {"softplus", [](double x, double) { return math::softplus(x); }},
    {"tanh", [](double x, double) { return math::tanh(x); }},
    {"sin", [](double x, double) { return math::sin(x); }},
    {"cos", [](double x, double) { return math::cos(x); }},
    {"sqrt", [](double x, double) { return math::sqrt(x); }},
    {"abs", [](double x, double) { return math::abs(x); }},
    {"floor", [](double x, double) { return math::floor(x); }},
    {"round", [](double x, double) { return math::round(x); }},
    {"min", [](double x, double y) { return math::min(x, y); }},
    {"max", [](double x, double y) { return math::max(x, y); }},
});

std::optional<FunctionValue> function_passed(const model::Expr& expr, const Frame& frame) {
  if (const auto* function = std::get_if<model::FunctionValue>(&expr.node)) return *function;
  return frame.functions[std::get<model::Ref>(expr.node).symbol.value];
}

double call_function(model::FunctionId id, const model::Call& call, const Frame& caller) {
  const model::Function& function = caller.program->functions[id];
  std::vector<Slot> slots(function.scope.all().size());
  std::vector<std::optional<FunctionValue>> functions(slots.size());
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    const std::uint32_t parameter = function.parameters[i].value;
    if (call.arguments[i].type.kind == model::Kind::Function)
      functions[parameter] = function_passed(call.arguments[i], caller);
    else
      slots[parameter] = evaluate_slot(call.arguments[i], caller);
  }
  if (function.timestep.valid()) slots[function.timestep.value].real = caller.timestep;
  Frame frame;
  frame.program = caller.program;
  frame.now = slots.data();
  frame.functions = functions;
  frame.timestep = caller.timestep;
  frame.sink = caller.sink;
  return evaluate_slot(function.value, frame).real;
}

double call_builtin(model::BuiltinId id, const model::Call& call, const Frame& frame) {
  const double first = evaluate_real(call.arguments[0], frame);
  const double second = call.arguments.size() > 1 ? evaluate_real(call.arguments[1], frame) : 0.0;
  return call_scalar_builtin(model::builtin(id).name, first, second);
}

}  // namespace

double call_scalar_builtin(std::string_view name, double first, double second) {
  for (const Entry& entry : kEntries)
    if (entry.name == name) return entry.function(first, second);
  BOUTON_UNREACHABLE("a builtin that neurons cannot call");
}

double evaluate_call(const model::Call& call, source::Span, const Frame& frame) {
  if (const auto* id = std::get_if<model::BuiltinId>(&call.callee))
    return call_builtin(*id, call, frame);
  if (const auto* id = std::get_if<model::FunctionId>(&call.callee))
    return call_function(*id, call, frame);
  const auto& value = frame.functions[std::get<model::SymbolId>(call.callee).value];
  BOUTON_CHECK(value.has_value(), "a parameter that stands for no function");
  if (const auto* id = std::get_if<model::BuiltinId>(&value->function))
    return call_builtin(*id, call, frame);
  return call_function(std::get<model::FunctionId>(value->function), call, frame);
}

std::int64_t evaluate_steps_call(const model::Call& call, const Frame& frame) {
  const std::string_view name = model::builtin(std::get<model::BuiltinId>(call.callee)).name;
  const std::int64_t first = evaluate_steps(call.arguments[0], frame);
  if (name == "abs") return first < 0 ? -first : first;
  const std::int64_t second = evaluate_steps(call.arguments[1], frame);
  if (name == "min") return second < first ? second : first;
  if (name == "max") return second > first ? second : first;
  BOUTON_UNREACHABLE("a function that has no form for whole steps");
}

}  // namespace bouton::elaborate
