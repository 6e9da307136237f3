// Kernels of several populations of one neuron type that are executed as one.
//
// Note [Packed populations]. A population of one neuron, or of two, fills no vector: what its
// neurons compute takes as long as for eight. Where several small populations are of one neuron
// type, or of types that come to the same, their kernels are alike, each with columns, random
// streams, faults and numbers of its own.
// The columns that such kernels touch are packed: laid side by side, so that a vector that begins
// with the first neuron of the first population holds the neurons of all of them, and code
// generation executes the kernels as one. Each population keeps its own columns, which everything
// else reads and writes as ever. Nothing but the time it takes depends on it.
#pragma once

#include <cstdint>
#include <functional>

#include "compiler/plan/plan.h"

namespace bouton::plan {

// Neurons of a pack at most: what a vector of doubles holds.
inline constexpr std::int64_t kMostPacked = 8;

// Whether a kernel checks something that may fail a run.
[[nodiscard]] bool has_checks(const Kernel& kernel);

// Whether a kernel could be executed with those of other populations: it is about the neurons of
// one population, each alone. Where a check fails the kernels are executed once more, one after the
// other, to see which comes first; so nothing that it stores in front of a check may change what
// it does.
[[nodiscard]] bool can_be_packed(const Plan& plan, const Kernel& kernel);

// Whether a kernel that can be packed does what the other one does, with other columns, streams,
// faults and numbers. `correspond` is asked for each column of the first one and the column of the
// second one in its place.
using Correspond = std::function<bool(ColumnId of_first, ColumnId of_second)>;
[[nodiscard]] bool are_alike(const Plan& plan, const Item& first, const Item& second,
                             const Correspond& correspond);
// The same of two parts of a pack, given by their places in it.
[[nodiscard]] bool are_alike(const Plan& plan, const Pack& pack, const Item& of_first,
                             const Item& of_part, std::size_t part);

// Whether cells of the two columns can lie side by side, those of one population each.
[[nodiscard]] bool can_lie_side_by_side(const Plan& plan, ColumnId a, ColumnId b);

}  // namespace bouton::plan
