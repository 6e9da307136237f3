#include "compiler/lower/noise.h"

#include "compiler/lower/neuron.h"

namespace bouton::lower {

namespace {

using elaborate::PopulationId;
using model::BinaryOp;
using plan::OpCode;
using Law = model::Noise::Law;

class NoiseLowerer {
 public:
  NoiseLowerer(PopulationId id, Emitter& emit)
      : source_(emit.lowering().network.populations[id]),
        neuron_(emit.lowering().neuron_of(id)),
        parts_(emit.lowering().populations[id]),
        names_(neuron_names(id, emit)),
        emit_(emit) {}

  void lower(const model::Noise& noise) {
    const model::Symbol& declared = neuron_.scope[noise.symbol];
    emit_.kernel().origin({declared.name, declared.span, "one random number per neuron and step"});
    emit_.kernel().store(parts_.columns.at(noise.symbol), emit_.real(value_of(noise)));
  }

 private:
  // Drawn in double in either precision.
  plan::ValueId number(const model::Noise& noise) {
    plan::KernelBuilder& k = emit_.kernel();
    const plan::StreamId stream = emit_.lowering().plan.streams.add(
        {source_.name + "." + neuron_.scope[noise.symbol].name, plan::Stream::Key::Step, {}});
    const plan::ValueId words = k.words(stream, k.index(parts_.axis), k.step());
    return noise.law == Law::Uniform ? k.op(OpCode::UniformReal, words)
                                     : k.op(OpCode::NormalReal, words);
  }

  // White noise is a normal number of variance 1/timestep, so that Euler steps of any size agree in
  // law.
  Value value_of(const model::Noise& noise) {
    const Value drawn = number(noise);
    if (noise.law == Law::White)
      return emit_.calculate(BinaryOp::Divide, drawn, emit_.call("sqrt", {emit_.timestep()}));
    const Value first = lower_number(noise.arguments[0], names_, emit_);
    const Value second = lower_number(noise.arguments[1], names_, emit_);
    const Value scale =
        noise.law == Law::Uniform ? emit_.calculate(BinaryOp::Subtract, second, first) : second;
    return emit_.calculate(BinaryOp::Add, first, emit_.calculate(BinaryOp::Multiply, scale, drawn));
  }

  const elaborate::Population& source_;
  const model::Neuron& neuron_;
  const PopulationParts& parts_;
  Names names_;
  Emitter& emit_;
};

}  // namespace

std::vector<plan::Item> lower_draws(Lowering& lowering) {
  std::vector<plan::Item> items;
  for (const PopulationId id : lowering.populations.ids()) {
    const model::Neuron& neuron = lowering.neuron_of(id);
    if (neuron.noises.empty()) continue;
    const PopulationParts& parts = lowering.populations[id];
    plan::KernelBuilder k(lowering.plan, "draw", parts.circuit, {parts.axis});
    Emitter emit(lowering, k);
    NoiseLowerer lowerer(id, emit);
    for (const model::Noise& noise : neuron.noises) lowerer.lower(noise);
    items.push_back(plan::item(k.finish()));
  }
  return items;
}

}  // namespace bouton::lower
