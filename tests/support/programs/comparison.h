// The results of one run as text, every bit of it, and where two of them differ.
#pragma once

#include <string>

#include "runtime/host/outcome.h"

namespace bouton::fuzz {

// One line per recorded value; where a run-time error stopped the run, if one did, comes first (its
// words are not compared).
[[nodiscard]] std::string print_outcome(const runtime::ReplicaOutcome& outcome);

// The first line that differs, of both; empty if there is none.
[[nodiscard]] std::string first_difference(const std::string& expected, const std::string& got);

}  // namespace bouton::fuzz
