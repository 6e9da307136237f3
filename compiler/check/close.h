// The end of a circuit or experiment: dimensions that no use has fixed.
#pragma once

#include <vector>

#include "compiler/check/body.h"

namespace bouton::check {

// Reports parameters whose dimension stays open; constants and variables are plain numbers then.
void close_names(BodyContext& body);

// Writes the known dimensions into the types, which then mean the same outside of the declaration.
void close_types(std::vector<ParameterInterface>& parameters, Network& network,
                 const Context& context);

}  // namespace bouton::check
