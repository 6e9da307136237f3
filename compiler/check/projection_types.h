// What is known of a projection before its expressions are read: the dimension of its weights, and
// its synapse type and rules with their open dimensions fixed by it.
//
// An input sums synapse outputs, so the weight has the dimension that makes the synapse's output
// one of the input's (`via`), or input/variable (continuous projections).
#pragma once

#include "compiler/check/endpoint.h"

namespace bouton::check {

[[nodiscard]] ProjectionPiece build_projection_types(const ast::Projection& projection,
                                                     BodyContext& body);

}  // namespace bouton::check
