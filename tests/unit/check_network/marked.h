// Programs with the place of the expected message marked: `z.«J»`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostics.h"

namespace bouton {

struct Expected {
  diagnostics::Kind kind;
  std::string headline;
  std::vector<std::string> others = {};  // texts of the further labels, in order
  std::string hint = {};
};

// The marked program gives this message, at exactly the marked place, and no other error.
void expect_message(std::string_view marked, const Expected& expected);

// The same in an experiment with `timestep 1 ms`, a population `z[3]: N()`, `m[3]: Mute()` and a
// projection `W: z -> z.I` with synapse S and rule R, all of them used.
void expect_message_in_experiment(std::string_view marked, const Expected& expected);

}  // namespace bouton
