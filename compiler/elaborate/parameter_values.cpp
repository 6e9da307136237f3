#include "compiler/elaborate/parameter_values.h"

#include <algorithm>
#include <cmath>

namespace bouton::elaborate {

namespace {

using diagnostics::Kind;
using runtime::Tensor;
using runtime::Value;

std::optional<Tensor> numbers_of(const Value& value) {
  if (const auto* truth = value.as<bool>()) return Tensor(*truth ? 1.0 : 0.0);
  if (const auto* tensor = value.as<Tensor>()) return *tensor;
  return std::nullopt;
}

class ValueBuilder {
 public:
  ValueBuilder(const Declared& declared, const runtime::Shape& shape, Builder& builder)
      : declared_(declared), shape_(shape), builder_(builder) {}

  void add(const model::Parameter& parameter, const model::Argument* argument) {
    const model::Symbol& symbol = declared_.scope[parameter.symbol];
    if (symbol.type.kind == model::Kind::Function) return add_function(parameter, argument);
    if (argument != nullptr) return add_argument(parameter.symbol, argument->value);
    if (parameter.default_value) return add_default(parameter);
    builder_.diagnostics.report(Kind::MissingParameter, symbol.span, {symbol.name});
  }

  ParameterValues take() { return std::move(values_); }

 private:
  void add_function(const model::Parameter& parameter, const model::Argument* argument) {
    const model::Expr* expr = argument != nullptr ? &argument->value : nullptr;
    if (expr == nullptr && parameter.default_value) expr = &*parameter.default_value;
    if (expr == nullptr) return;
    const auto function = function_named_by(*expr, builder_.environment);
    if (function) values_.push_back({parameter.symbol, *function});
  }

  void add_argument(model::SymbolId symbol, const model::Expr& expr) {
    const auto value = evaluate(expr, builder_.environment);
    if (!value) return builder_.report(value.problem());
    const auto numbers = numbers_of(*value);
    if (!numbers || (!numbers->is_scalar() && numbers->shape() != shape_)) {
      builder_.diagnostics
          .report(Kind::WrongParameterShape, expr.span,
                  {declared_.scope[symbol].name, runtime::print_shape(shape_),
                   runtime::describe(*value)})
          .other(declared_.scope[symbol].span, "declared here");
      return;
    }
    add_numbers(symbol, *numbers, expr.span);
  }

  // A default may depend on parameters that stand before it; it is an array where they are.
  void add_default(const model::Parameter& parameter) {
    const bool array = std::ranges::any_of(values_, [](const ParameterValue& value) {
      const auto* tensor = std::get_if<Tensor>(&value.value);
      return tensor != nullptr && !tensor->is_scalar();
    });
    Tensor numbers = array ? Tensor(shape_) : Tensor(0.0);
    std::vector<Slot> slots(declared_.scope.all().size());
    const auto functions = functions_of(values_, slots.size());
    std::optional<Problem> problem;
    Frame frame = frame_of(builder_.network, problem);
    frame.now = slots.data();
    frame.functions = functions;
    if (declared_.timestep.valid()) slots[declared_.timestep.value].real = frame.timestep;
    for (std::size_t element = 0; element < numbers.size(); ++element) {
      fill_parameter_slots(values_, element, slots);
      numbers[element] = evaluate_slot(*parameter.default_value, frame).real;
    }
    if (problem) return builder_.report(*problem);
    add_numbers(parameter.symbol, std::move(numbers), parameter.default_value->span);
  }

  void add_numbers(model::SymbolId symbol, Tensor numbers, source::Span span) {
    if (std::ranges::any_of(numbers.data(), [](double number) { return std::isnan(number); })) {
      builder_.diagnostics.report(Kind::NotANumber, span, {declared_.scope[symbol].name});
      return;
    }
    for (double& number : numbers.data()) number = builder_.network.arithmetic().round(number);
    values_.push_back({symbol, std::move(numbers)});
  }

  const Declared& declared_;
  const runtime::Shape& shape_;
  Builder& builder_;
  ParameterValues values_;
};

}  // namespace

ParameterValues build_parameter_values(const Declared& declared,
                                       std::span<const model::Argument> arguments,
                                       const runtime::Shape& shape, Builder& builder) {
  ValueBuilder values(declared, shape, builder);
  for (const model::Parameter& parameter : declared.parameters) {
    const auto given = std::ranges::find(arguments, parameter.symbol, &model::Argument::parameter);
    values.add(parameter, given == arguments.end() ? nullptr : &*given);
  }
  return values.take();
}

void fill_parameter_slots(const ParameterValues& values, std::size_t element,
                          std::span<Slot> slots) {
  for (const ParameterValue& parameter : values) {
    const auto* tensor = std::get_if<Tensor>(&parameter.value);
    if (tensor == nullptr) continue;
    slots[parameter.symbol.value].real = (*tensor)[tensor->is_scalar() ? 0 : element];
  }
}

std::vector<std::optional<FunctionValue>> functions_of(const ParameterValues& values,
                                                       std::size_t symbols) {
  std::vector<std::optional<FunctionValue>> functions(symbols);
  for (const ParameterValue& parameter : values)
    if (const auto* function = std::get_if<FunctionValue>(&parameter.value))
      functions[parameter.symbol.value] = *function;
  return functions;
}

}  // namespace bouton::elaborate
