#include "compiler/elaborate/scalar_call.h"

#include <array>

#include "compiler/model/builtins.h"
#include "runtime/math/math.h"

namespace bouton::elaborate {

namespace {

namespace math = runtime::math;

// One builtin in both precisions.
struct Entry {
  std::string_view name;
  double (*in_double)(double, double);
  float (*in_single)(float, float);

  [[nodiscard]] double operator()(double x, double y) const { return in_double(x, y); }
  [[nodiscard]] float operator()(float x, float y) const { return in_single(x, y); }
};

template <typename Function>
constexpr Entry entry(std::string_view name, Function function) {
  return {name, function, function};
}

// Plain functions so that every builtin is one line.
constexpr auto kEntries = std::to_array<Entry>({
    entry("exp", [](auto x, auto) { return math::exp(x); }),
    entry("ln", [](auto x, auto) { return math::log(x); }),
    entry("log1p", [](auto x, auto) { return math::log1p(x); }),
    entry("expm1", [](auto x, auto) { return math::expm1(x); }),
    entry("logistic", [](auto x, auto) { return math::logistic(x); }),
    entry("softplus", [](auto x, auto) { return math::softplus(x); }),
    entry("tanh", [](auto x, auto) { return math::tanh(x); }),
    entry("sin", [](auto x, auto) { return math::sin(x); }),
    entry("cos", [](auto x, auto) { return math::cos(x); }),
    entry("sqrt", [](auto x, auto) { return math::sqrt(x); }),
    entry("abs", [](auto x, auto) { return math::abs(x); }),
    entry("floor", [](auto x, auto) { return math::floor(x); }),
    entry("round", [](auto x, auto) { return math::round(x); }),
    entry("min", [](auto x, auto y) { return math::min(x, y); }),
    entry("max", [](auto x, auto y) { return math::max(x, y); }),
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
  frame.arithmetic = caller.arithmetic;
  frame.sink = caller.sink;
  return evaluate_slot(function.value, frame).real;
}

double call_builtin(model::BuiltinId id, const model::Call& call, const Frame& frame) {
  const double first = evaluate_real(call.arguments[0], frame);
  const double second = call.arguments.size() > 1 ? evaluate_real(call.arguments[1], frame) : 0.0;
  return call_scalar_builtin(model::builtin(id).name, first, second, frame.arithmetic);
}

}  // namespace

double call_scalar_builtin(std::string_view name, double first, double second,
                           RealArithmetic arithmetic) {
  for (const Entry& builtin : kEntries)
    if (builtin.name == name) return arithmetic.apply(builtin, first, second);
  BOUTON_UNREACHABLE("a builtin that neurons cannot call");
}

double evaluate_call(const model::Call& call, source::Span span, const Frame& frame) {
  if (call.derivative) {
    if (!frame.sink->has_value())
      *frame.sink = Problem{span, "the derivative of a function cannot be executed yet", ""};
    return 0.0;
  }
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
