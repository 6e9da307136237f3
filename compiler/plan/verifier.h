// The rules that every plan obeys, checked after lowering and after each pass. A violation is a
// defect of the compiler, not of the user's program.
//
// Note [Skipping]. SkipToNextEvent gives the numbers of EveryStep when nothing changes in a step in
// which no bounding event fires, but for what `between` advances in closed form. So in such a
// schedule each item that writes anything lasting is guarded by (or handles) an event whose next
// step is known (`due`); an unguarded item may only recompute columns from columns, without the
// step count, the previous step or per-step draws. Draws are by ordinal. An observer samples
// nothing that `between` advances.
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
  void (*verify)(const Plan& plan, std::vector<VerifierError>& errors);
};

// In order of checking. The first rules (id ranges, types) are preconditions: if they fail the
// others are not run.
[[nodiscard]] std::span<const VerifierRule> verifier_rules();

// Empty if and only if the plan is well-formed.
[[nodiscard]] std::vector<VerifierError> verify(const Plan& plan);

}  // namespace bouton::plan
