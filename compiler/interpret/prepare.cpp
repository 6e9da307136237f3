#include "compiler/interpret/prepare.h"

#include <algorithm>

#include "compiler/elaborate/support.h"
#include "compiler/interpret/initialise.h"

namespace bouton::interpret {

namespace {

// The longest |dt| at which the handler does anything at this synapse.
std::int64_t support_at(const OnPairState& pair, const RuleState& rule, std::size_t synapse,
                        NetworkState& state) {
  const Slot* row = rule.slots.row(synapse);
  std::vector<Slot> slots(row, row + rule.slots.symbols());
  Frame frame = rule_frame(rule, synapse, state);
  frame.now = slots.data();
  std::int64_t longest = 0;
  for (const int direction : {1, -1}) {
    const auto support = elaborate::find_support(
        pair.handler->body, {rule.rule->scope, pair.handler->pair_time, direction}, slots, frame);
    if (const auto* refusal = std::get_if<elaborate::NoWindow>(&support)) {
      if (!state.problem)
        state.problem = Problem{
            refusal->span,
            "`on pair all` needs a window that ends or is a sum of exponentials: " +
                refusal->reason,
            "end the window with a comparison such as `abs(dt) < 5*tau`, or choose `nearest`"};
      return 0;
    }
    longest = std::max(longest, std::get<std::int64_t>(support));
  }
  return longest;
}

void find_supports(RuleState& rule, const ProjectionState& projection, NetworkState& state) {
  for (OnPairState& pair : rule.pairs) {
    if (pair.handler->pairing.kind != model::Pairing::Kind::All || pair.window) continue;
    pair.support = 0;
    for (std::size_t s = 0; s < projection.exists.size(); ++s)
      if (projection.exists[s] && !state.problem)
        pair.support = std::max(pair.support, support_at(pair, rule, s, state));
  }
}

}  // namespace

void prepare_run(NetworkState& state) {
  initialise(state);
  for (ProjectionState& projection : state.projections)
    for (RuleState& rule : projection.rules)
      if (state.runs(projection)) find_supports(rule, projection, state);
}

}  // namespace bouton::interpret
