#include "compiler/codegen/partner.h"

#include "compiler/plan/query.h"

namespace bouton::codegen {

namespace {

const plan::DenseStorage& dense_of(const Emission& e, const plan::Handler& handler) {
  return std::get<plan::DenseStorage>(e.plan.links[*handler.link].storage);
}

}  // namespace

SpikeSide pre_side(const Emission& e, const plan::Handler& handler) {
  return {handler.pairs->pre, handler.pairs->pre_history, dense_of(e, handler).pre};
}

SpikeSide post_side(const Emission& e, const plan::Handler& handler) {
  return {handler.pairs->post, handler.pairs->post_history, dense_of(e, handler).post};
}

std::int64_t depth_of(const Emission& e, const SpikeSide& side) {
  const plan::ColumnId ring = e.plan.histories[side.history].ring;
  return image::length_of(e.plan, e.plan.columns[ring].axes.back());
}

llvm::Value* remembered(Emission& e, const Position& position, const SpikeSide& side,
                        llvm::Value* age) {
  const plan::History& history = e.plan.histories[side.history];
  const plan::AxisId neurons = e.plan.columns[history.head].axes.front();
  const AxisIndex neuron = translate(e, position, side.axis, neurons);
  const std::int64_t depth = depth_of(e, side);
  if (depth == 1)
    return load(e, position,
                {history.ring, plan::Version::Current, {neuron, AxisIndex{e.whole(0), false}}});
  llvm::Value* head = load(e, position, {history.head, plan::Version::Current, {neuron}});
  llvm::Value* back = e.ir.CreateAdd(e.splat(age), e.splat_whole(1));
  llvm::Value* slot = e.ir.CreateSub(e.ir.CreateAdd(head, e.splat_whole(depth)), back);
  slot = e.ir.CreateURem(slot, e.splat_whole(depth));
  return load(e, position, {history.ring, plan::Version::Current, {neuron, slot}});
}

llvm::Value* first_seen(Emission& e, const Position& position, const plan::Handler& handler) {
  const auto column = plan::first_seen_by(e.plan, handler);
  if (!column) return e.splat_whole(plan::kLongAgo + 1);
  return load(e, position, {*column, plan::Version::Current, {}});
}

}  // namespace bouton::codegen
