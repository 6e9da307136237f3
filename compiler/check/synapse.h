// Synapses: a postsynaptic potential psp(s), or states that jump when a spike arrives.
#pragma once

#include "compiler/ast/component.h"
#include "compiler/check/context.h"
#include "compiler/check/interfaces.h"
#include "compiler/model/dynamics.h"

namespace bouton::check {

struct CheckedSynapse {
  model::Synapse model;
  SynapseInterface interface;
};

// An ODE synapse drives its input with its first state.
[[nodiscard]] CheckedSynapse check_synapse(const ast::Component& synapse, Context& context);

}  // namespace bouton::check
