// Bodies of `on pair(dt) all`: those that do nothing beyond some |dt|, and sums of polynomials
// times exponentials, which traces compute.
#pragma once

#include <string>

#include "tests/support/programs/scope.h"

namespace bouton::fuzz {

[[nodiscard]] std::string write_ending_window(Scope& scope, const Atom& target);
[[nodiscard]] std::string write_decaying_window(Scope& scope, const Atom& target);

}  // namespace bouton::fuzz
