// The rules that every plan obeys, checked after lowering and after each pass. A violation is a
// defect of the compiler, not of the user's program.
//
// Note [Skipping]. SkipToNextEvent gives the numbers of EveryStep when nothing changes in a step in
// which no bounding event fires, but for what `between` advances in closed form. So in such a
// schedule every item that writes anything lasting either is guarded by (or handles) a bounding
// event, whose next step is known (`due`), or writes what `between` advances; other unguarded items
// recompute Scratch columns from columns. Unguarded kernels use the step count only to set the
// `fired` columns of bounding events, so whatever else depends on time is a Flag that the event of
// a timer switches. There are no draws by step, no previous steps, and observers sample nothing
// that `between` advances.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/plan/plan.h"

namespace bouton::plan {

struct VerifierError {
  std::string rule;     // name of the rule in verifier_rules()
  std::string message;  // where and what
};

struct VerifierRule {
  std::string_view name;  // "one writer per column and stage"
  void (*verify)(const Plan& plan, std::vector<std::string>& messages);
  bool decisive = false;
};

// In order of checking. After a decisive rule has failed the later ones are not checked: they
// follow ids and types without looking back.
[[nodiscard]] std::span<const VerifierRule> verifier_rules();

// Empty if and only if the plan is well-formed.
[[nodiscard]] std::vector<VerifierError> verify(const Plan& plan);

}  // namespace bouton::plan
