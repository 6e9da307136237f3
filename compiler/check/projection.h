// Projections: both ends, connectivity, synapse type, rules, weights, delays and sign.
#pragma once

#include "compiler/check/body.h"

namespace bouton::check {

// Nothing where the first pass refused the declaration or an end is wrong.
[[nodiscard]] std::optional<model::ProjectionDecl> check_projection(
    const ast::Projection& projection, BodyContext& body);

}  // namespace bouton::check
