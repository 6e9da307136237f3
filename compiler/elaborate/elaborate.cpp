#include "compiler/elaborate/elaborate.h"

#include <fmt/format.h>

#include "compiler/elaborate/averages.h"
#include "compiler/elaborate/circuits.h"
#include "compiler/elaborate/declarations.h"
#include "compiler/elaborate/durations.h"
#include "compiler/elaborate/experiment_parameters.h"
#include "compiler/elaborate/members.h"
#include "compiler/elaborate/step_order.h"
#include "compiler/elaborate/ties.h"

namespace bouton::elaborate {

namespace {

Builder make_builder(const model::Program& program, model::ExperimentId id, const Options& options,
                     diagnostics::Diagnostics& diagnostics) {
  Network network;
  network.program = &program;
  network.experiment = id;
  network.seed = options.seed.value_or(0);
  network.precision = options.precision;
  network.source_directory = options.source_directory;
  const CircuitId whole = network.circuits.add(
      {program.experiments[id].name, program.experiments[id].span, {}, {}, {}});
  Environment environment = make_environment(network);
  return {program, program.experiments[id], diagnostics, std::move(network),
          whole,   std::move(environment)};
}

void bind_timestep(Builder& builder) {
  const auto& declared = builder.experiment.timestep_value;
  if (!declared) return;
  const auto timestep = evaluate_number(*declared, builder.environment);
  if (!timestep) return builder.report(timestep.problem());
  if (!(*timestep > 0.0))
    builder.diagnostics.report(diagnostics::Kind::BadTimestep, declared->span,
                               {fmt::format("{}", *timestep)});
  builder.network.timestep = *timestep;
  builder.environment.timestep = *timestep;
}

}  // namespace

std::optional<Network> elaborate(const model::Program& program, model::ExperimentId experiment,
                                 const Options& options, diagnostics::Diagnostics& diagnostics) {
  Builder builder = make_builder(program, experiment, options, diagnostics);
  // Each phase needs what the ones before it have made.
  const auto phases = {
      +[](const Options& given, Builder& b) { bind_experiment_parameters(given, b); },
      +[](const Options&, Builder& b) { bind_timestep(b); },
      +[](const Options&, Builder& b) { expand_declarations(b.experiment.body, b); },
      +[](const Options&, Builder& b) {
        resolve_ties(b);
        join_clocks(b);
      },
      +[](const Options&, Builder& b) { resolve_statements(b); },
      +[](const Options&, Builder& b) {
        find_averages(b);
        order_step(b);
        check_dynamics_durations(b);
        check_statement_durations(b);
      },
  };
  for (const auto phase : phases) {
    phase(options, builder);
    if (builder.failed()) return std::nullopt;
  }
  return std::move(builder.network);
}

}  // namespace bouton::elaborate
