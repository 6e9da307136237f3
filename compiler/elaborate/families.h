// Families of populations and projections: `pyr[l in 1 .. L-1]`, `pyr[0]`.
#pragma once

#include <functional>

#include "compiler/elaborate/builder.h"

namespace bouton::elaborate {

// Calls `declare` for every member of a piece of a family, with the names of its indices bound;
// once without indices for what is no family. Reports indices that are no whole numbers, and too
// many of them.
void each_member(const std::string& name, const std::vector<model::FamilyIndex>& family,
                 Builder& builder, const std::function<void(const FamilyIndices&)>& declare);

}  // namespace bouton::elaborate
