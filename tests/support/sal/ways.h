// The ways of carrying out an experiment. All of them give the same numbers: the reference
// comparisons of this folder run along each.
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "compiler/codegen/codegen.h"
#include "compiler/elaborate/network.h"
#include "runtime/host/outcome.h"

namespace bouton::numeric {

// Interpreted, or compiled with these options.
struct Way {
  std::string name;
  std::optional<codegen::Options> compiled;
  bool is_compared = true;  // compiled results with interpreted ones
};

// The interpreter; optimised code of width 1 and of width 8; code that is not optimised.
[[nodiscard]] std::vector<Way> all_ways();

// Optimised code that is not compared, for runs that are too long for the interpreter.
[[nodiscard]] Way compiled_only();

// Compiled experiments are interpreted too unless the way says otherwise; results that are not the
// same bit for bit fail the test, as does a run-time problem.
[[nodiscard]] runtime::ReplicaOutcome execute(const Way& way, const elaborate::Network& network);

inline std::string name_of_way(const testing::TestParamInfo<Way>& instance) {
  return instance.param.name;
}
inline void PrintTo(const Way& way, std::ostream* out) { *out << way.name; }

}  // namespace bouton::numeric
