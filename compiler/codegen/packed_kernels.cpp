#include "compiler/codegen/packed_kernels.h"

#include <algorithm>
#include <bit>

#include "compiler/plan/packs.h"
#include "compiler/plan/query.h"

namespace bouton::codegen {

PackedKernels::PackedKernels(Emission& e, const plan::Schedule& schedule, std::size_t ahead,
                             const plan::MayJoin& may_join)
    : e_(e) {
  if (!e.has_packs()) return;
  const std::vector<plan::Pack> packs(e.plan.packs.begin(), e.plan.packs.end());
  groups_ = plan::find_packed_items(e.plan, packs, schedule, ahead, may_join);
  for (std::size_t i = 0; i < groups_.size(); ++i)
    for (const plan::Item* item : groups_[i].items) group_of_[plan::kernel_of(*item)] = i;
}

std::vector<PackedVector::Neuron> PackedKernels::neurons_of(const plan::PackedItems& group) const {
  std::vector<PackedVector::Neuron> neurons;
  for (const plan::Item* item : group.items) {
    const plan::Kernel& kernel = e_.plan.kernels[plan::kernel_of(*item)];
    const std::int64_t length = image::length_of(e_.plan, kernel.space.front());
    for (std::int64_t index = 0; index < length; ++index) neurons.push_back({&kernel, index});
  }
  return neurons;
}

const plan::PackedItems* PackedKernels::group_at(plan::KernelId id) const {
  const plan::PackedItems& group = groups_[group_of_.at(id)];
  return plan::kernel_of(*group.place) == id ? &group : nullptr;
}

void PackedKernels::at_vector(const plan::PackedItems& group, llvm::BasicBlock* on_failure,
                              const AtPosition& at) {
  PackedVector vector{neurons_of(group), on_failure};
  const std::size_t neurons = vector.neurons.size();
  const std::size_t width = std::bit_ceil(neurons);
  vector.neurons.resize(width, vector.neurons.back());
  e_.with_width(static_cast<int>(width), [&] {
    const plan::AxisId axis = e_.plan.kernels[plan::kernel_of(*group.items.front())].space.front();
    Position position{{{axis, {e_.whole(0), true, true}}}};
    if (neurons < width)
      position.inside = e_.first_elements(e_.whole(static_cast<std::int64_t>(neurons)));
    position.packed = &vector;
    at(position);
  });
}

void PackedKernels::emit(plan::KernelId id, const EmitBody& body, const EmitItem& alone) {
  const plan::PackedItems* group = group_at(id);
  if (group == nullptr) return;
  const plan::KernelId first = plan::kernel_of(*group->items.front());
  llvm::BasicBlock* failed =
      plan::has_checks(e_.plan.kernels[first]) ? e_.block("packed") : nullptr;
  at_vector(*group, failed, [&](const Position& position) {
    emit_where_fired(e_, position, guards_of(e_.plan, *group->items.front()),
                     [&](const Position& here) { body(first, here); });
  });
  if (failed != nullptr) emit_failure(*group, failed, alone);
}

// One after the other in the order of the stage, one of them fails.
void PackedKernels::emit_failure(const plan::PackedItems& group, llvm::BasicBlock* begin,
                                 const EmitItem& alone) {
  llvm::BasicBlock* after = e_.ir.GetInsertBlock();
  e_.ir.SetInsertPoint(begin);
  std::vector<const plan::Item*> in_order = group.items;
  std::ranges::sort(in_order);
  e_.is_far = true;
  for (const plan::Item* item : in_order) alone(*item);
  e_.is_far = false;
  e_.ir.CreateBr(e_.fault_exit);
  e_.ir.SetInsertPoint(after);
}

void PackedKernels::emit_each(plan::KernelId id, const EmitItem& alone) {
  const plan::PackedItems* group = group_at(id);
  if (group == nullptr) return;
  llvm::Value* any = e_.ir.getFalse();
  at_vector(*group, nullptr, [&](const Position& position) {
    for (const Guard& guard : guards_of(e_.plan, *group->items.front()))
      any = e_.ir.CreateOr(any, e_.any(e_.both(position.inside, fired_mask(e_, position, guard))));
  });
  e_.if_true(any, [&] {
    for (const plan::Item* item : group->items) alone(*item);
  });
}

}  // namespace bouton::codegen
