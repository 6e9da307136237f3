#include "compiler/elaborate/dump.h"

#include <fmt/format.h>

#include <utility>

#include "compiler/base/check.h"
#include "compiler/base/match.h"
#include "compiler/elaborate/dump_parts.h"
#include "compiler/model/dump.h"

namespace bouton::elaborate {

namespace {

using model::Outline;

void dump_settings(const Network& network, Outline& outline) {
  outline.line(fmt::format("{} precision", name_of(network.precision)));
  outline.line(fmt::format("timestep {} ms", network.timestep));
  outline.line(fmt::format("seed {}", network.seed));
  for (const auto& [symbol, value] : network.parameters) {
    const model::Symbol& parameter = network.source().scope[symbol];
    outline.line("parameter " + parameter.name + ": " + model::describe(parameter.type) + " = " +
                 dump_value(value));
  }
}

void dump_population(const Population& population, const Network& network, Outline& outline) {
  const model::Neuron& neuron = network.neuron_of(population);
  outline.line(fmt::format("population {}[{}]: {}", population.name, population.size, neuron.name));
  outline.nested([&] {
    dump_parameters(population.parameters, neuron.scope, *network.program, outline);
    for (const AverageWindow& average : population.averages)
      outline.line(fmt::format("{} averages {} samples", neuron.scope[average.variable].name,
                               average.samples));
  });
}

std::string dump_item(const StepItem& item, const Network& network) {
  const Population& population = network.populations[item.population];
  const model::Scope& scope = network.neuron_of(population).scope;
  switch (item.what) {
    case StepItem::What::Input:
      return "input " + population.name + "." + scope[item.symbol].name;
    case StepItem::What::Algebraic:
      return "algebraic " + population.name + "." + scope[item.symbol].name;
    case StepItem::What::FilterInput:
      return "input of filter " + population.name + "." + scope[item.symbol].name;
    case StepItem::What::SpikeTest:
      return "spike test " + population.name;
  }
  BOUTON_UNREACHABLE("item of a step");
}

std::string dump_owner(const Owner& owner, const Network& network) {
  return match(
      owner, [&](PopulationId id) { return network.populations[id].name; },
      [&](ProjectionId id) { return network.projections[id].name; });
}

// How the statements below call what stands above.
void dump_names(const Network& network, Outline& outline) {
  for (const auto& [key, owner] : network.owners)
    outline.line("name " + spell(key, network) + ": " + dump_owner(owner, network));
}

void dump_circuits(const Network& network, Outline& outline) {
  if (network.circuits.size() == 1) return;
  for (const Circuit& circuit : network.circuits) {
    const std::string declaration =
        circuit.declaration ? ": " + network.program->circuits[*circuit.declaration].name : "";
    outline.line(
        fmt::format("circuit {}{}, clock {}", circuit.name, declaration, circuit.clock.value));
  }
}

void dump_step_order(const Network& network, Outline& outline) {
  outline.line("step");
  outline.nested([&] {
    for (const StepItem& item : network.step_order) outline.line(dump_item(item, network));
  });
}

void dump_statements(const Network& network, Outline& outline) {
  outline.line("statements");
  outline.nested([&] {
    outline.block(
        model::dump(*network.program, network.source(), network.statements, outline.depth()));
  });
}

}  // namespace

std::string dump(const Network& network) {
  Outline outline;
  outline.line("network " + network.source().name);
  outline.nested([&] {
    dump_settings(network, outline);
    dump_circuits(network, outline);
    for (const Population& population : network.populations)
      dump_population(population, network, outline);
    for (const Projection& projection : network.projections)
      dump_projection(projection, network, outline);
    dump_names(network, outline);
    for (const Phase& phase : network.phases) dump_phase(phase, network, outline);
    dump_step_order(network, outline);
    dump_statements(network, outline);
  });
  return std::move(outline).take();
}

}  // namespace bouton::elaborate
