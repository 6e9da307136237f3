#include "compiler/interpret/tape.h"

#include <fmt/format.h>

namespace bouton::interpret {

double tape_row(const Tape& tape, std::int64_t row, std::size_t element, model::SymbolId noise,
                const PopulationState& population, NetworkState& state) {
  const std::size_t rows = tape->shape()[0];
  if (static_cast<std::size_t>(row) < rows) return tape->at(static_cast<std::size_t>(row), element);
  const std::string what = noise.valid() ? population.neuron->scope[noise].name : "spike";
  if (!state.problem)
    state.problem = Problem{population.population->span,
                            fmt::format("the tape of `{}.{}` has {} rows, but row {} is needed",
                                        population.population->name, what, rows, row),
                            "rows count from 0"};
  return 0.0;
}

}  // namespace bouton::interpret
