// What an experiment's statements change by name.
#pragma once

#include <functional>

#include "compiler/model/experiment.h"

namespace bouton::elaborate {

// Calls `visit` for every quantity that is assigned to or clipped, at any depth, whole or at an
// index, in the order of the text. `target` is the quantity's own expression.
void for_each_assigned(
    const model::Body& body,
    const std::function<void(const model::Quantity& quantity, const model::Expr& target)>& visit);

}  // namespace bouton::elaborate
