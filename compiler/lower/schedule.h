// The step order: the stages that every run executes, and one schedule for each set of rules that
// learn, of projections that are silent, and of things that are observed.
#pragma once

#include <map>
#include <set>

#include "compiler/lower/evaluate.h"
#include "compiler/lower/step_groups.h"

namespace bouton::lower {

// What runs differ in within one step, apart from what they observe.
struct StepKind {
  plan::CircuitId circuit;
  std::set<plan::RuleId> learning;
  Silent silent;
  friend auto operator<=>(const StepKind&, const StepKind&) = default;
};

class Schedules {
 public:
  Schedules(Lowering& lowering, const std::vector<StepGroup>& groups);

  // Of the circuit's items; `observe` holds kernels and observers. The same schedule for the same
  // kind where nothing is observed.
  [[nodiscard]] plan::ScheduleId schedule_of(const StepKind& kind,
                                             const std::vector<plan::Item>& observe);

 private:
  using Items = std::vector<plan::Item>;
  [[nodiscard]] plan::ScheduleId add(const StepKind& kind, const Items& observe);

  Lowering& lowering_;
  Items draw_;
  Evaluation evaluation_;
  Items arrive_, learn_, jump_, integrate_, constrain_;
  std::map<StepKind, plan::ScheduleId> unobserved_;
};

}  // namespace bouton::lower
