// Tied weights: `weights tied to -transpose(down[l].w)`. A chain of ties ends at weights that are
// stored; what it says in between is one factor and one transposition.
#pragma once

#include "compiler/elaborate/builder.h"

namespace bouton::elaborate {

// Notes what the weights of `from` are tied to; projections further down may be named.
void declare_tie(const model::Expr& view, ProjectionId from, Builder& builder);

// When all projections are there: sets Projection::tie. Reports matrices that do not fit each
// other, and ties in a circle.
void resolve_ties(Builder& builder);

}  // namespace bouton::elaborate
