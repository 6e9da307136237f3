#include "compiler/base/check.h"
#include "compiler/model/dump_parts.h"

namespace bouton::model {

namespace {

std::string_view spelling_of(Noise::Law law) {
  switch (law) {
    case Noise::Law::White:
      return "white";
    case Noise::Law::Normal:
      return "normal";
    case Noise::Law::Uniform:
      return "uniform";
  }
  BOUTON_UNREACHABLE("law of a noise");
}

std::string_view spelling_of(SpikeTest::Form form) {
  switch (form) {
    case SpikeTest::Form::Probability:
      return "with probability ";
    case SpikeTest::Form::Rate:
      return "at rate ";
    case SpikeTest::Form::Condition:
      return "when ";
  }
  BOUTON_UNREACHABLE("form of a spike test");
}

std::string_view spelling_of(Psp::Overlap overlap) {
  switch (overlap) {
    case Psp::Overlap::Renewing:
      return ", renewing";
    case Psp::Overlap::Additive:
      return ", additive";
  }
  BOUTON_UNREACHABLE("overlap of a psp");
}

void dump_noise(const Noise& noise, const Place& place, Outline& outline) {
  const std::string arguments =
      noise.arguments.empty() ? "" : "(" + dump_list(noise.arguments, place) + ")";
  outline.line("noise " + declared(noise.symbol, place) + " drawn " +
               std::string(spelling_of(noise.law)) + arguments);
}

void dump_algebraic(const Algebraic& algebraic, const Place& place, Outline& outline) {
  const std::string initially =
      algebraic.initially ? ", initially " + dump_expr(*algebraic.initially, place) : "";
  outline.line(declared(algebraic.symbol, place) + " = " + dump_expr(algebraic.value, place) +
               initially);
}

void dump_spike(const SpikeTest& spike, const Place& place, Outline& outline) {
  const std::string heading =
      "spike " + std::string(spelling_of(spike.form)) + dump_expr(spike.value, place);
  dump_handler(heading, spike.body, place, outline);
}

void dump_refractory(const Refractory& refractory, const Place& place, Outline& outline) {
  const std::string holding =
      refractory.holding.empty() ? "" : " holding " + names_of(refractory.holding, place);
  outline.line("refractory " + dump_expr(refractory.duration, place) + holding);
}

void dump_items(const Neuron& neuron, const Place& place, Outline& outline) {
  dump_documentation(neuron.documentation, outline);
  for (const SymbolId symbol :
       {neuron.timestep, neuron.time, neuron.since_spike, neuron.spiked, neuron.spike_probability})
    dump_predefined(symbol, place, outline);
  dump_parameters(neuron.parameters, place, outline);
  for (const SymbolId input : neuron.inputs) outline.line("input " + declared(input, place));
  for (const Noise& noise : neuron.noises) dump_noise(noise, place, outline);
  dump_states(neuron.states, place, outline);
  for (const Algebraic& algebraic : neuron.algebraics) dump_algebraic(algebraic, place, outline);
  if (neuron.spike) dump_spike(*neuron.spike, place, outline);
  if (neuron.refractory) dump_refractory(*neuron.refractory, place, outline);
  for (const HandlerBody& body : neuron.on_step) dump_handler("on step", body, place, outline);
  dump_solver(neuron.solver, outline);
}

void dump_items(const Synapse& synapse, const Place& place, Outline& outline) {
  dump_documentation(synapse.documentation, outline);
  dump_predefined(synapse.timestep, place, outline);
  dump_predefined(synapse.weight, place, outline);
  dump_parameters(synapse.parameters, place, outline);
  dump_states(synapse.states, place, outline);
  if (synapse.psp)
    outline.line("psp(" + declared(synapse.psp->age, place) +
                 ") = " + dump_expr(synapse.psp->value, place) +
                 std::string(spelling_of(synapse.psp->overlap)));
  if (synapse.on_spike) dump_handler("on spike", *synapse.on_spike, place, outline);
  dump_solver(synapse.solver, outline);
}

}  // namespace

void dump_function(const Function& function, const Program& program, Outline& outline) {
  const Place place{program, function.scope};
  std::string parameters;
  for (const SymbolId parameter : function.parameters)
    parameters += (parameters.empty() ? "" : ", ") + declared(parameter, place);
  outline.line("function " + function.name + "(" + parameters +
               "): " + describe(function.value.type) + " = " + dump_expr(function.value, place));
  outline.nested([&] { dump_predefined(function.timestep, place, outline); });
}

void dump_neuron(const Neuron& neuron, const Program& program, Outline& outline) {
  outline.line("neuron " + neuron.name);
  outline.nested([&] { dump_items(neuron, {program, neuron.scope}, outline); });
}

void dump_synapse(const Synapse& synapse, const Program& program, Outline& outline) {
  outline.line("synapse " + synapse.name);
  outline.nested([&] { dump_items(synapse, {program, synapse.scope}, outline); });
}

}  // namespace bouton::model
