// What one rule reads.
#pragma once

#include "compiler/check/locality.h"

namespace bouton::check {

[[nodiscard]] RuleLocality build_rule_locality(const model::Rule& rule);

}  // namespace bouton::check
