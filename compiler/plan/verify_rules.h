// The rules of verifier.h, one function each. Internal to this folder. Every function appends one
// message per violation: where, and what was seen.
#pragma once

#include <string>
#include <vector>

#include "compiler/plan/plan.h"

namespace bouton::plan {

using Messages = std::vector<std::string>;

// Decisive rules: later ones follow ids, views and types without looking back.
void verify_ids(const Plan& plan, Messages& messages);
void verify_views_acyclic(const Plan& plan, Messages& messages);
void verify_attributes(const Plan& plan, Messages& messages);
void verify_definitions(const Plan& plan, Messages& messages);
void verify_types(const Plan& plan, Messages& messages);

void verify_wide(const Plan& plan, Messages& messages);
void verify_view_shapes(const Plan& plan, Messages& messages);
void verify_subscripts(const Plan& plan, Messages& messages);
void verify_spaces(const Plan& plan, Messages& messages);
void verify_packs(const Plan& plan, Messages& messages);
void verify_states(const Plan& plan, Messages& messages);
void verify_inputs(const Plan& plan, Messages& messages);
void verify_reduction_orders(const Plan& plan, Messages& messages);
void verify_one_writer(const Plan& plan, Messages& messages);
void verify_one_place(const Plan& plan, Messages& messages);
void verify_double_buffers(const Plan& plan, Messages& messages);
void verify_previous_steps(const Plan& plan, Messages& messages);
void verify_scratch(const Plan& plan, Messages& messages);
void verify_shared_columns(const Plan& plan, Messages& messages);
void verify_draws(const Plan& plan, Messages& messages);
void verify_event_sums(const Plan& plan, Messages& messages);
void verify_averages(const Plan& plan, Messages& messages);
void verify_events(const Plan& plan, Messages& messages);
void verify_handlers(const Plan& plan, Messages& messages);
void verify_schedules(const Plan& plan, Messages& messages);
void verify_phases(const Plan& plan, Messages& messages);
void verify_skipping(const Plan& plan, Messages& messages);
void verify_checkpoint(const Plan& plan, Messages& messages);
void verify_lanes(const Plan& plan, Messages& messages);
void verify_host(const Plan& plan, Messages& messages);
void verify_resets(const Plan& plan, Messages& messages);

}  // namespace bouton::plan
