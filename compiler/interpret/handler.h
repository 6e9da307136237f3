// Runs the statements of a handler (`on pair(dt) { … }`, `spike when … { … }`) in sequence: each
// sees what the ones before it assigned.
#pragma once

#include "compiler/elaborate/scalar.h"
#include "compiler/model/dynamics.h"

namespace bouton::interpret {

// `slots` is the row that `frame` sees as `now`, and that assignments write.
void execute(const model::HandlerBody& body, elaborate::Slot* slots, const elaborate::Frame& frame);

}  // namespace bouton::interpret
