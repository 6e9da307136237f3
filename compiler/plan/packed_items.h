// Which items of a stage are executed as one: see Note [Packed populations] in packs.h.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "compiler/plan/plan.h"

namespace bouton::plan {

// Kernels of all populations of a pack that do the same.
struct PackedItems {
  std::vector<const Item*> items;  // by population
  const Item* place = nullptr;     // one of them, where all are executed
};

// Among items that are executed in this order, of some packs. Nothing else moves, each item finds
// and leaves what it does in its own place, and what fails first stays the same. `may_join` is
// asked about the kernels of a group.
using MayJoin = std::function<bool(const std::vector<KernelId>&)>;
[[nodiscard]] std::vector<PackedItems> find_packed_items(const Plan& plan,
                                                         std::span<const Pack> packs,
                                                         std::span<const Item> items,
                                                         const MayJoin& may_join);
// The same of one schedule: `ahead` items of its first stage are executed apart from the rest.
[[nodiscard]] std::vector<PackedItems> find_packed_items(const Plan& plan,
                                                         std::span<const Pack> packs,
                                                         const Schedule& schedule,
                                                         std::size_t ahead,
                                                         const MayJoin& may_join);

}  // namespace bouton::plan
