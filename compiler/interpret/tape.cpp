#include "compiler/interpret/tape.h"

namespace bouton::interpret {

namespace {

bool is_used_by_step(const PopulationState& population) {
  return population.neuron->spike->form == model::SpikeTest::Form::Probability;
}

std::optional<Problem> check_length(const Tape& tape, std::int64_t needed) {
  if (!tape || tape->length() >= needed) return std::nullopt;
  return problem_at(tape->statement, runtime::tape_too_short(tape->length(), needed));
}

}  // namespace

double tape_row(const RecordedTape& tape, std::int64_t row, std::size_t element,
                const PopulationState& population, NetworkState& state) {
  if (row < tape.length()) return tape.rows.at(static_cast<std::size_t>(row), element);
  complain(tape.numbers, runtime::tape_ends(population.population->name, row),
           *population.population, element, state);
  return 0.0;
}

std::optional<Problem> find_short_tape(const NetworkState& state, std::int64_t steps) {
  for (const PopulationState& population : state.populations) {
    if (!state.running[population.clock.value]) continue;
    const std::int64_t needed = state.steps[population.clock.value] + steps;
    for (const NoiseState& noise : population.noises)
      if (auto problem = check_length(noise.tape, needed)) return problem;
    if (!population.spike_tape || !is_used_by_step(population)) continue;
    if (auto problem = check_length(population.spike_tape, needed)) return problem;
  }
  return std::nullopt;
}

}  // namespace bouton::interpret
