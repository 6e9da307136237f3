// What is worked out anew at the start of every run, because parameters may have been assigned:
// initial values, and how far bounded windows of `on pair(dt) all` reach.
#pragma once

#include "compiler/interpret/state.h"

namespace bouton::interpret {

// Problems go to the state.
void prepare_run(NetworkState& state);

}  // namespace bouton::interpret
