// Finds kernels whose results can be looked up in a table.
//
// Note [Functions of few truth values]. What arrives at a neuron of a small network depends on
// which postsynaptic potentials are open, and on weights and biases that stay what they are during
// a run. So the kernels between the truth values and the hazards (sums of weights, softplus,
// rounding) are a function of a few truth values: n of them have 2^n states. Where a run is much
// longer than that, its step loop begins with computing the results for every state, by the same
// kernels, and then looks them up, and what leaps divide by with them. Checks that fail for some
// state, which the run might never reach, make it compute step by step instead.
#pragma once

#include <span>
#include <vector>

#include "compiler/plan/unchanged.h"

namespace bouton::plan {

struct TabulatedKernels {
  std::vector<KernelId> kernels;  // consecutive items of one stage
  ColumnId inputs;                // Bool over one axis
  std::vector<ColumnId> results;  // what others read of what the kernels write
  // Of the schedule's reciprocals those that follow from them: part of the table where something
  // leaps and there is room for them.
  std::vector<KernelId> reciprocals;
};

[[nodiscard]] std::vector<ColumnId> written_by(const Plan& plan, std::span<const KernelId> kernels);

// A table is made of so many inputs at most and so many bytes (it lies on the stack, and well
// within caches), in runs of so many steps for each of its states.
inline constexpr std::int64_t kMostInputsOfTable = 12;
inline constexpr std::int64_t kMostBytesOfTable = std::int64_t{512} << 10;
inline constexpr std::int64_t kLeastStepsPerState = 4;
// Of so many numbers for each state of so many inputs.
[[nodiscard]] constexpr bool is_small_table(std::int64_t inputs, std::int64_t numbers, int lanes) {
  return inputs <= kMostInputsOfTable && (numbers * 8 * lanes) << inputs <= kMostBytesOfTable;
}

// Groups with something in them that is dear to compute. Whether a table is small enough is up to
// code generation.
[[nodiscard]] std::vector<TabulatedKernels> find_tabulated_kernels(
    const Plan& plan, const Schedule& schedule, const SkippableKernels& skippable);

}  // namespace bouton::plan
