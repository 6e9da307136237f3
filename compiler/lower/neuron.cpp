#include "compiler/lower/neuron.h"

#include <algorithm>

#include "compiler/base/check.h"
#include "compiler/elaborate/steps.h"

namespace bouton::lower {

namespace {

using model::SymbolKind;

const PopulationParts& parts_of(const NeuronAt& at, Emitter& emit) {
  return emit.lowering().populations[at.population];
}

const model::State* find_state(const model::Neuron& neuron, model::SymbolId symbol) {
  const auto found = std::ranges::find(neuron.states, symbol, &model::State::symbol);
  return found == neuron.states.end() ? nullptr : &*found;
}

Names names_at(const NeuronAt& at, Emitter& emit) {
  Names names;
  names.scope = &emit.lowering().neuron_of(at.population).scope;
  names.functions = &parts_of(at, emit).functions;
  names.value = [at, &emit](model::SymbolId symbol, source::Span span) {
    return read_neuron(at, symbol, span, emit);
  };
  names.previous = [at, &emit](model::SymbolId symbol, source::Span span) {
    return read_neuron_before(at, symbol, span, emit);
  };
  names.slope = [at, &emit](model::SymbolId symbol, source::Span span) {
    return read_neuron_slope(at, symbol, span, emit);
  };
  return names;
}

}  // namespace

Value read_neuron(const NeuronAt& at, model::SymbolId symbol, source::Span span, Emitter& emit) {
  const PopulationParts& parts = parts_of(at, emit);
  if (const auto known = parts.constants.find(symbol); known != parts.constants.end())
    return known->second;
  if (const auto column = parts.columns.find(symbol); column != parts.columns.end())
    return emit.kernel().load_at(column->second, {at.axis});
  switch (emit.lowering().neuron_of(at.population).scope[symbol].kind) {
    case SymbolKind::Timestep:
      return emit.timestep();
    case SymbolKind::Time:
      return emit.kernel().step();
    case SymbolKind::SinceSpike:
      return since_spike(at, emit);
    case SymbolKind::Spiked:
      return emit.kernel().load_at(parts.spiked, {at.axis});
    default:
      emit.lowering().refuse(Unlowered::InitialOfVariable, span);
      return 0.0;
  }
}

Value read_neuron_before(const NeuronAt& at, model::SymbolId symbol, source::Span span,
                         Emitter& emit) {
  const auto& previous = parts_of(at, emit).previous;
  const auto column = previous.find(symbol);
  if (column != previous.end())
    return emit.kernel().load_at(column->second, {at.axis}, plan::Version::PreviousStep);
  // Of what does not change with time the value before is the value.
  return read_neuron(at, symbol, span, emit);
}

Value read_neuron_slope(const NeuronAt& at, model::SymbolId symbol, source::Span span,
                        Emitter& emit) {
  const model::State* state = find_state(emit.lowering().neuron_of(at.population), symbol);
  if (state != nullptr && state->derivative)
    return lower_expression(*state->derivative, names_at(at, emit), emit);
  const Value now = read_neuron(at, symbol, span, emit);
  const Value before = read_neuron_before(at, symbol, span, emit);
  return emit.calculate(model::BinaryOp::Divide,
                        emit.calculate(model::BinaryOp::Subtract, now, before), emit.timestep());
}

Names neuron_names(elaborate::PopulationId population, Emitter& emit) {
  return names_at({population, emit.lowering().populations[population].axis}, emit);
}

Value since_spike(const NeuronAt& at, Emitter& emit) {
  plan::KernelBuilder& kernel = emit.kernel();
  const plan::ValueId last = kernel.load_at(parts_of(at, emit).last_spike, {at.axis});
  const plan::ValueId elapsed = kernel.op(plan::OpCode::SubtractInt, kernel.step(), last);
  const plan::ValueId never = kernel.whole(elaborate::kNever);
  return kernel.op(plan::OpCode::MinInt, elapsed, never);
}

}  // namespace bouton::lower
