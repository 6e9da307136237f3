// The step order: the stages that every run executes, and one schedule and phase for each set of
// rules that learn and things that are observed.
#pragma once

#include "compiler/lower/lowering.h"
#include "compiler/lower/step_groups.h"

namespace bouton::lower {

// The items of a step that do not depend on the run.
struct Step {
  std::vector<plan::Item> evaluate;
  std::vector<plan::Item> learn;
  std::vector<plan::Item> jump;
  std::vector<plan::Item> integrate;
  std::vector<plan::Item> constrain;
};
[[nodiscard]] Step lower_step(Lowering& lowering, const std::vector<StepGroup>& groups);

struct RunKind {
  bool frozen = false;
  std::vector<plan::Item> observe;  // kernels and observers
};
[[nodiscard]] plan::PhaseId add_phase(Lowering& lowering, const Step& step, const RunKind& kind,
                                      source::Span span);

}  // namespace bouton::lower
