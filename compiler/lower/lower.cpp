#include "compiler/lower/lower.h"

#include "compiler/lower/arrival.h"
#include "compiler/lower/circuits.h"
#include "compiler/lower/history.h"
#include "compiler/lower/host_stmt.h"
#include "compiler/lower/population.h"
#include "compiler/lower/projection.h"
#include "compiler/lower/replay.h"
#include "compiler/lower/reset.h"

namespace bouton::lower {

namespace {

void begin_plan(Lowering& lowering) {
  plan::Plan& plan = lowering.plan;
  plan.name = lowering.network.source().name;
  plan.precision = lowering.network.precision == elaborate::Precision::Single
                       ? plan::Precision::Single
                       : plan::Precision::Double;
  plan.timestep = lowering.network.timestep;
  plan.seed = plan::whole(static_cast<std::int64_t>(lowering.network.seed));
  add_circuits(lowering);
}

}  // namespace

std::optional<plan::Plan> lower(const elaborate::Network& network,
                                diagnostics::Diagnostics& diagnostics) {
  Lowering lowering{network, diagnostics, collect_mentions(network), {}, {}, {}, {}, {}, {}, false};
  begin_plan(lowering);
  find_replays(lowering);
  find_lone_resets(lowering);
  const std::vector<StepGroup> groups = group_step(network);
  add_populations(lowering, find_stored_values(network, groups, lowering.mentions));
  add_projections(lowering);
  add_arrivals(lowering);
  add_histories(lowering);
  // The rest builds on what the declarations have become.
  if (lowering.refused) return std::nullopt;
  Schedules schedules(lowering, groups);
  if (lowering.refused) return std::nullopt;
  lowering.plan.host.body = HostStmtLowerer(lowering, schedules).lower(network.statements);
  if (lowering.refused) return std::nullopt;
  plan::complete_checkpoint(lowering.plan);
  return std::move(lowering.plan);
}

}  // namespace bouton::lower
