// Reads a declaration twice.
//
// Note [Two passes]
// The dimension of a name may follow from a use far below the place where it is read first. So a
// declaration is read once to find all dimensions and report what is wrong, and once more, silently
// and with the same solver, to write them into the model. Both readings ask the solver for fresh
// variables in the same order, hence for the same variables.
#pragma once

#include "compiler/check/context.h"

namespace bouton::check {

// `read` takes a Context and returns what it made of the declaration; it must not depend on
// anything that the first reading changed.
template <typename Read>
[[nodiscard]] auto read_twice(const Interfaces& interfaces, diagnostics::Diagnostics& diagnostics,
                              Place place, const Read& read) {
  DimensionSolver solver;
  {
    Names names;
    Context context{interfaces, diagnostics, solver, names, place};
    context.errors_before = diagnostics.error_count();
    (void)read(context);
  }
  solver.rewind();
  diagnostics::Diagnostics repeated;
  Names names;
  Context context{interfaces, repeated, solver, names, place};
  return read(context);
}

}  // namespace bouton::check
