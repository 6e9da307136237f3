#include "compiler/interpret/interpret.h"

#include "compiler/interpret/machine.h"
#include "compiler/interpret/unsupported.h"

namespace bouton::interpret {

Results interpret(const elaborate::Network& network, const Progress& progress,
                  const Recorded& recorded) {
  if (const auto problem = find_unsupported(network)) {
    Results refused;
    refused.problem = *problem;
    return refused;
  }
  Machine machine{network,
                  progress,
                  recorded,
                  build_state(network),
                  elaborate::make_environment(network),
                  {},
                  When::BetweenSteps,
                  {}};
  const std::function<bool()> is_cancelled = [&] {
    return progress && !progress(machine.position.done, machine.results.steps);
  };
  machine.environment.watch = runtime::Watch(&is_cancelled);
  machine.environment.read_quantity = [&machine](const model::Quantity& quantity,
                                                 source::Span span) -> Outcome<runtime::Value> {
    const auto known = with_known_indices(quantity, machine.environment);
    if (!known) return known.problem();
    if (machine.when == When::BetweenSteps)
      if (auto problem = show_initial_value(*known, machine.state)) return *std::move(problem);
    return read_quantity(*known, span, machine.when, machine.state);
  };
  const Flow flow = execute_body(network.statements, machine);
  BOUTON_CHECK(flow != Flow::Break, "check has found the loop around `break`");
  return std::move(machine.results);
}

}  // namespace bouton::interpret
