// First pass over a circuit or experiment: every population, projection, circuit instance and phase
// gets its symbol before any expression is read, so that a phase or tie may name what is declared
// further down.
//
// A name may be declared again as another piece of the same family, or in the other branch of a
// compile-time `if`.
#pragma once

#include "compiler/check/body.h"

namespace bouton::check {

void declare_network_names(const ast::Block& block, BodyContext& body);

}  // namespace bouton::check
