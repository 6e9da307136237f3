// Initial values may read each other, in any order of the text.
#pragma once

#include "compiler/check/context.h"

namespace bouton::check {

// Puts states in an order in which each stands after those that its initial value reads, also
// through what variables are `initially` and through initial values of traces; a cycle is an error.
void sort_states(model::Neuron& neuron, Context& context);
void sort_states(model::Rule& rule, Context& context);

}  // namespace bouton::check
