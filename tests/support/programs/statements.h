// Random statements of a handler of a neuron or rule: assignments, `let`, `if`.
#pragma once

#include <string>
#include <vector>

#include "tests/support/programs/scope.h"

namespace bouton::fuzz {

struct Handler {
  Scope scope;                // what the statements read
  std::vector<Atom> targets;  // what they assign
  int* locals = nullptr;      // numbers the names of `let` throughout a declaration
};

// Each on a line of its own.
[[nodiscard]] std::string write_statements(Handler handler, int count, int depth);

// `x += …`: moderate, so that repetition rarely overflows.
[[nodiscard]] std::string write_assignment(Handler& handler, int depth);

}  // namespace bouton::fuzz
