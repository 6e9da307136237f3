// Kernels of packed populations, executed as one: see Note [Packed populations] in
// compiler/plan/packs.h.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <vector>

#include "compiler/codegen/kernel.h"
#include "compiler/plan/packed_items.h"

namespace bouton::codegen {

class PackedKernels {
 public:
  // Of a schedule, the first `ahead` items of whose first stage are executed apart from the rest.
  // Kernels that may not join are left alone.
  PackedKernels(Emission& e, const plan::Schedule& schedule, std::size_t ahead,
                const plan::MayJoin& may_join);

  [[nodiscard]] bool contains(plan::KernelId kernel) const { return group_of_.contains(kernel); }
  // How a kernel's body is emitted, and an item by itself.
  using EmitBody = std::function<void(plan::KernelId, const Position&)>;
  using EmitItem = std::function<void(const plan::Item&)>;
  // In the place of an item whose kernel is contained: executes it and those like it by the body of
  // the first one, or nothing where that is done in the place of another one.
  void emit(plan::KernelId kernel, const EmitBody& body, const EmitItem& alone);
  // The same for kernels that run at events and are executed one by one: looks for all of their
  // events at once.
  void emit_each(plan::KernelId kernel, const EmitItem& alone);

 private:
  // The group whose place is that of the kernel; null where it is another's.
  [[nodiscard]] const plan::PackedItems* group_at(plan::KernelId kernel) const;
  [[nodiscard]] std::vector<PackedVector::Neuron> neurons_of(const plan::PackedItems& group) const;
  // Calls `at` for the vector of the group's neurons.
  void at_vector(const plan::PackedItems& group, llvm::BasicBlock* on_failure,
                 const AtPosition& at);
  void emit_failure(const plan::PackedItems& group, llvm::BasicBlock* begin, const EmitItem& alone);

  Emission& e_;
  std::vector<plan::PackedItems> groups_;
  std::map<plan::KernelId, std::size_t> group_of_;
};

}  // namespace bouton::codegen
