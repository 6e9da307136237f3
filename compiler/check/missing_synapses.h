// Where a projection has no synapse its matrices hold 0 (SEMANTICS 23), which a mean or variance of
// all elements counts: rarely what is meant, and nothing in the number shows it.
#pragma once

#include "compiler/ast/expr.h"
#include "compiler/check/body.h"

namespace bouton::check {

// `call`: a mean or variance of a variable of the network, which is known.
void warn_of_missing_synapses(const ast::Call& call, BodyContext& body);

}  // namespace bouton::check
