// Random expressions of one dimension, and random conditions, over what a scope can read.
#pragma once

#include <string>

#include "tests/support/programs/scope.h"

namespace bouton::fuzz {

// `depth`: how many operators one inside the other at most.
[[nodiscard]] std::string write_number(Scope& scope, Dimension dimension, int depth);
[[nodiscard]] std::string write_condition(Scope& scope, int depth);

// Between -1 and 1, or nan: keeps what is added up in every step from running away.
[[nodiscard]] std::string write_bounded(Scope& scope, int depth);

}  // namespace bouton::fuzz
