// The rules that every plan obeys, checked after lowering and after each pass. A violation is a
// defect of the compiler, not of the user's program.
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
