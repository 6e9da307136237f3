// What an item of a stage reads and writes: the common view of kernels, dense products, handlers,
// observers and pushes that the rules about stages share.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "compiler/plan/plan.h"

namespace bouton::plan {

struct ReadEffect {
  ColumnId column;
  Version version = Version::Current;
  bool own_element = false;  // only at the element's own place, before any store to it
};
struct WriteEffect {
  ColumnId column;
  bool one_place = false;    // no two elements write the same place
  bool accumulates = false;  // adds to what is there
  bool exact = false;        // an integer or fixed-point sum: without order
};
struct Effects {
  std::vector<ReadEffect> reads;
  std::vector<WriteEffect> writes;
  std::vector<EventId> guards;     // happens only where one of these fired; empty: every step
  std::optional<KernelId> kernel;  // the body
};

[[nodiscard]] Effects effects_of(const Plan& plan, const Kernel& kernel);
[[nodiscard]] Effects effects_of(const Plan& plan, const Item& item);

[[nodiscard]] bool writes(const Effects& effects, ColumnId column);
// Whether any item of a schedule does.
[[nodiscard]] bool is_written(const Plan& plan, const Schedule& schedule, ColumnId column);

// What several items read and write together.
struct Touched {
  std::set<ColumnId> read, written;

  void add(const Effects& effects);
  // Whether an item finds and leaves the same in front of all of them as behind them.
  [[nodiscard]] bool lets_pass(const Effects& effects) const;
};

// The kernels that look for leaps and make them.
[[nodiscard]] std::vector<KernelId> kernels_of_leaps(const Schedule& schedule);
// All kernels that a schedule executes: of items, handlers, epilogues and leaps.
[[nodiscard]] std::vector<KernelId> kernels_of(const Plan& plan, const Schedule& schedule);

}  // namespace bouton::plan
