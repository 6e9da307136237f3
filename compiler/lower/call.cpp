#include "compiler/lower/call.h"

#include "compiler/base/check.h"
#include "compiler/base/match.h"
#include "compiler/model/builtins.h"

namespace bouton::lower {

namespace {

std::optional<elaborate::FunctionValue> function_passed(const model::Expr& expr,
                                                        const Names& names) {
  if (const auto* function = std::get_if<model::FunctionValue>(&expr.node)) return *function;
  return (*names.functions)[std::get<model::Ref>(expr.node).symbol.value];
}

Value call_builtin(model::BuiltinId id, const model::Call& call, const model::Expr& expr,
                   const Names& names, Emitter& emit) {
  const model::Builtin& builtin = model::builtin(id);
  BOUTON_CHECK(builtin.where == model::Where::Anywhere, "a function of arrays in a kernel");
  std::vector<Value> arguments;
  for (const model::Expr& argument : call.arguments)
    arguments.push_back(lower_expression(argument, names, emit));
  if (expr.type.kind == model::Kind::Steps) return emit.call_on_steps(builtin.name, arguments);
  return emit.call(builtin.name, arguments);
}

// What a function's body sees: its parameters.
struct FunctionFrame {
  std::vector<Value> values;
  FunctionValues functions;
};

FunctionFrame bind_arguments(const model::Call& call, const model::Function& function,
                             const Names& names, Emitter& emit) {
  const std::size_t symbols = function.scope.all().size();
  FunctionFrame frame{std::vector<Value>(symbols), FunctionValues(symbols)};
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    const std::uint32_t parameter = function.parameters[i].value;
    if (call.arguments[i].type.kind == model::Kind::Function)
      frame.functions[parameter] = function_passed(call.arguments[i], names);
    else
      frame.values[parameter] = lower_expression(call.arguments[i], names, emit);
  }
  if (function.timestep.valid()) frame.values[function.timestep.value] = emit.timestep();
  return frame;
}

Value call_function(model::FunctionId id, const model::Call& call, const Names& names,
                    Emitter& emit) {
  const model::Function& function = emit.lowering().network.program->functions[id];
  const FunctionFrame frame = bind_arguments(call, function, names, emit);
  Names inner;
  inner.scope = &function.scope;
  inner.functions = &frame.functions;
  inner.value = [&](model::SymbolId symbol, source::Span) { return frame.values[symbol.value]; };
  return lower_expression(function.value, inner, emit);
}

}  // namespace

Value lower_call(const model::Call& call, const model::Expr& expr, const Names& names,
                 Emitter& emit) {
  if (call.derivative) {
    emit.lowering().refuse(Unlowered::DerivativeOfFunction, expr.span);
    return 0.0;
  }
  if (const auto* id = std::get_if<model::BuiltinId>(&call.callee))
    return call_builtin(*id, call, expr, names, emit);
  if (const auto* id = std::get_if<model::FunctionId>(&call.callee))
    return call_function(*id, call, names, emit);
  const auto& value = (*names.functions)[std::get<model::SymbolId>(call.callee).value];
  BOUTON_CHECK(value.has_value(), "a parameter that stands for no function");
  return match(
      value->function,
      [&](model::BuiltinId id) { return call_builtin(id, call, expr, names, emit); },
      [&](model::FunctionId id) { return call_function(id, call, names, emit); });
}

}  // namespace bouton::lower
