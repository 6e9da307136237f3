#include "compiler/codegen/pair_group.h"

#include "compiler/codegen/pair_passes.h"
#include "compiler/codegen/pair_rule.h"
#include "compiler/codegen/pairs.h"
#include "compiler/plan/effects.h"

namespace bouton::codegen {

namespace {

bool see_the_same_pairs(const plan::Handler& a, const plan::Handler& b) {
  const plan::Pairing &one = a.pairs->pairing, &other = b.pairs->pairing;
  return a.link == b.link && a.pairs->pre == b.pairs->pre && a.pairs->post == b.pairs->post &&
         a.pairs->pre_history == b.pairs->pre_history &&
         a.pairs->post_history == b.pairs->post_history && one.kind == other.kind &&
         one.count == other.count && one.in_index_order == other.in_index_order;
}

const plan::Handler* find_pair_handler(const plan::Plan& plan, const plan::Item& item) {
  const auto* id = std::get_if<plan::HandlerId>(&item.what);
  if (id == nullptr || plan.handlers[*id].over != plan::Handler::Over::Pairs) return nullptr;
  return &plan.handlers[*id];
}

bool can_join(Emission& e, const std::vector<plan::HandlerId>& group,
              const plan::Handler& handler) {
  const plan::Handler& first = e.plan.handlers[group.front()];
  if (!see_the_same_pairs(first, handler)) return false;
  if (!keeps_to_synapse(e, first) || !keeps_to_synapse(e, handler)) return false;
  const auto effects_of = [&](const plan::Handler& of) {
    return plan::effects_of(e.plan, e.plan.kernels[of.body]);
  };
  plan::Touched by_group;
  for (const plan::HandlerId id : group) by_group.add(effects_of(e.plan.handlers[id]));
  return by_group.lets_pass(effects_of(handler));
}

}  // namespace

std::vector<plan::HandlerId> find_pair_group(Emission& e, const plan::Stage& stage,
                                             std::size_t first) {
  std::vector<plan::HandlerId> group;
  for (std::size_t i = first; i < stage.items.size(); ++i) {
    const plan::Handler* handler = find_pair_handler(e.plan, stage.items[i]);
    if (handler == nullptr || (!group.empty() && !can_join(e, group, *handler))) break;
    group.push_back(std::get<plan::HandlerId>(stage.items[i].what));
  }
  return group;
}

void emit_pair_group(Emission& e, const std::vector<plan::HandlerId>& group) {
  if (can_pass_over(e, group)) return emit_pair_passes(e, group);
  if (!e.along_lanes() || group.size() == 1) return emit_pairs(e, group);
  // Some of them may have room on their own.
  for (const plan::HandlerId id : group) emit_pair_group(e, {id});
}

}  // namespace bouton::codegen
