// `reset`, `reset a, b` and `replay`.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/interpret/initialise.h"
#include "compiler/interpret/machine.h"
#include "runtime/tensor/tape.h"

namespace bouton::interpret {

namespace {

using runtime::Tensor;

// One column per neuron; a vector is a tape of one neuron.
Outcome<Tensor> tape_of(const runtime::Value& value, std::size_t neurons, source::Span span) {
  const auto* tensor = value.as<Tensor>();
  if (tensor != nullptr && tensor->rank() == 1 && neurons == 1)
    return Tensor({tensor->size(), 1}, tensor->data());
  if (tensor != nullptr && tensor->rank() == 2 && tensor->shape()[1] == neurons) return *tensor;
  return problem_at(
      span, runtime::wrong_tape(runtime::describe(value), static_cast<std::int64_t>(neurons)));
}

Tape* find_tape(const model::Quantity& what, PopulationState& population) {
  if (what.variable == "spike") return population.neuron->spike ? &population.spike_tape : nullptr;
  const auto noise = std::ranges::find_if(population.noises, [&](const NoiseState& candidate) {
    return population.neuron->scope[candidate.noise->symbol].name == what.variable;
  });
  return noise == population.noises.end() ? nullptr : &noise->tape;
}

// The projection, or the one rule of it.
void reset_named(const model::Target& target, ProjectionState& projection, NetworkState& state) {
  if (!target.rule) return reset_projection(projection, state);
  for (RuleState& rule : projection.rules)
    if (rule.instance->name == *target.rule) reset_rule(rule, projection, state);
}

}  // namespace

Flow execute_reset(const model::Reset& reset, Machine& machine) {
  if (reset.targets.empty()) reset_everything(machine.state);
  for (const model::Target& target : reset.targets) {
    const auto named = with_known_indices(
        {target.circuit, target.owner, target.family_indices, {}, ""}, machine.environment);
    if (!named) return machine.fail(named.problem());
    if (PopulationState* population = find_population(*named, machine.state))
      reset_population(*population, machine.state);
    else if (const auto id = find_projection(*named, machine.state))
      reset_named(target, machine.state.projection(*id), machine.state);
    else
      return machine.fail({target.span, "this cannot be reset", ""});
  }
  return Flow::Next;
}

Flow execute_replay(const model::Replay& replay, source::Span span, Machine& machine) {
  const auto what = with_known_indices(replay.what, machine.environment);
  if (!what) return machine.fail(what.problem());
  PopulationState* population = find_population(*what, machine.state);
  Tape* tape = population == nullptr ? nullptr : find_tape(replay.what, *population);
  if (tape == nullptr)
    return machine.fail(
        {span, fmt::format("`{}` draws nothing that a tape could replace", replay.what.variable),
         ""});
  const auto value = elaborate::evaluate(replay.tape, machine.environment);
  if (!value) return machine.fail(value.problem());
  const auto rows = tape_of(*value, population->size, replay.tape.span);
  if (!rows) return machine.fail(rows.problem());
  if (replay.what.variable == "spike")
    if (const auto refused = runtime::find_bad_draw(*rows))
      return machine.fail(problem_at(replay.tape.span, *refused));
  *tape = RecordedTape{*rows, replay.tape.span, span};
  return Flow::Next;
}

}  // namespace bouton::interpret
