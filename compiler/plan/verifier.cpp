#include "compiler/plan/verifier.h"

#include <array>
#include <utility>

#include "compiler/plan/verify_rules.h"

namespace bouton::plan {
namespace {

constexpr auto kRules = std::to_array<VerifierRule>({
    {"ids refer to something", verify_ids, true},
    {"views are acyclic", verify_views_acyclic, true},
    {"ops carry their attribute", verify_attributes, true},
    {"values are defined before they are used", verify_definitions, true},
    {"types fit", verify_types, true},
    {"wide columns belong to wide kernels", verify_wide, true},
    {"views have the shape of their column", verify_view_shapes},
    {"subscripts fit the axes", verify_subscripts},
    {"spaces are made of their own axes", verify_spaces},
    {"packed columns fit side by side", verify_packs},
    {"states are reals of their population", verify_states},
    {"inputs are given by the caller", verify_inputs},
    {"reductions name their order", verify_reduction_orders},
    {"one writer per column and stage", verify_one_writer},
    {"elements write different places", verify_one_place},
    {"reading before a write needs a second buffer", verify_double_buffers},
    {"previous steps are kept", verify_previous_steps},
    {"scratch is written before it is read", verify_scratch},
    {"shared columns are not written by kernels", verify_shared_columns},
    {"draws are used once", verify_draws},
    {"events do not both add to and subtract from a real", verify_event_sums},
    {"moving averages are complete", verify_averages},
    {"events are complete", verify_events},
    {"handlers are complete", verify_handlers},
    {"schedules are in order", verify_schedules},
    {"phases run schedules of their circuit", verify_phases},
    {"skipping changes nothing", verify_skipping},
    {"the checkpoint is complete", verify_checkpoint},
    {"values do not depend on the lanes", verify_lanes},
    {"host statements are complete", verify_host},
    {"resets leave weights, parameters, clocks and ordinals alone", verify_resets},
});

}  // namespace

std::span<const VerifierRule> verifier_rules() { return kRules; }

std::vector<VerifierError> verify(const Plan& plan) {
  std::vector<VerifierError> errors;
  for (const VerifierRule& rule : kRules) {
    Messages messages;
    rule.verify(plan, messages);
    for (std::string& message : messages)
      errors.push_back({std::string(rule.name), std::move(message)});
    if (rule.decisive && !errors.empty()) break;
  }
  return errors;
}

}  // namespace bouton::plan
