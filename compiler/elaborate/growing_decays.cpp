#include "compiler/elaborate/growing_decays.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/elaborate/decay.h"
#include "compiler/elaborate/expr_walk.h"
#include "compiler/elaborate/parameter_values.h"

namespace bouton::elaborate {

namespace {

using runtime::Tensor;

// Parameters of one instance, and where they are given.
struct Instance {
  const model::Scope& scope;
  const ParameterValues& values;
  model::SymbolId timestep;
  source::Span use;
};

// How many elements have a value of their own.
std::size_t elements_of(const model::Expr& expr, const ParameterValues& values) {
  std::size_t elements = 1;
  for (const ParameterValue& parameter : values) {
    const auto* tensor = std::get_if<Tensor>(&parameter.value);
    if (tensor != nullptr && !tensor->is_scalar() && mentions(expr, parameter.symbol))
      elements = std::max(elements, tensor->size());
  }
  return elements;
}

// The first value of the time constant that is below 0; nothing where it cannot be computed.
std::optional<double> find_negative(const model::Expr& time_constant, const Instance& instance,
                                    const Builder& builder) {
  std::vector<Slot> slots(instance.scope.all().size());
  const auto functions = functions_of(instance.values, slots.size());
  std::optional<Problem> problem;
  Frame frame = frame_of(builder.network, problem);
  frame.now = slots.data();
  frame.functions = functions;
  if (instance.timestep.valid())
    slots[instance.timestep.value].real = builder.network.rounded_timestep();
  const std::size_t elements = elements_of(time_constant, instance.values);
  for (std::size_t element = 0; element < elements; ++element) {
    fill_parameter_slots(instance.values, element, slots);
    const double value = evaluate_real(time_constant, frame);
    if (!problem && value < 0.0) return value;
  }
  return std::nullopt;
}

void check_equation(const model::Expr& derivative, model::SymbolId variable,
                    const Instance& instance, Builder& builder) {
  const auto time_constant = decay_time_constant(derivative, variable, instance.scope);
  if (!time_constant || builder.failed()) return;
  const auto negative = find_negative(*time_constant, instance, builder);
  if (!negative) return;
  const std::string& name = instance.scope[variable].name;
  builder.diagnostics
      .report(diagnostics::Kind::GrowingDecay, derivative.span,
              {name, name, fmt::format("{:.6g} ms", *negative)})
      .other(instance.use, "with the values given here")
      .hint(
          fmt::format("if growth is meant, write it without the minus: `{}' = k*{}`", name, name));
}

}  // namespace

void warn_of_growth(const Population& population, Builder& builder) {
  const model::Neuron& neuron = builder.program.neurons[population.neuron];
  const Instance instance{neuron.scope, population.parameters, neuron.timestep, population.span};
  for (const model::State& state : neuron.states)
    if (state.derivative) check_equation(*state.derivative, state.symbol, instance, builder);
}

void warn_of_growth(const SynapseInstance& synapse, Builder& builder) {
  const model::Synapse& declared = builder.program.synapses[synapse.synapse];
  const Instance instance{declared.scope, synapse.parameters, declared.timestep, synapse.span};
  for (const model::State& state : declared.states)
    if (state.derivative) check_equation(*state.derivative, state.symbol, instance, builder);
}

void warn_of_growth(const RuleInstance& rule, Builder& builder) {
  const model::Rule& declared = builder.program.rules[rule.rule];
  const Instance instance{declared.scope, rule.parameters, declared.timestep, rule.span};
  for (const model::TraceDecl& trace : declared.traces)
    check_equation(trace.derivative, trace.symbol, instance, builder);
  for (const model::RuleItem& item : declared.items)
    if (const auto* equation = std::get_if<model::RuleEquation>(&item.node))
      check_equation(equation->value, equation->target, instance, builder);
}

}  // namespace bouton::elaborate
