// Neurons: inputs, noises, states, algebraic variables, spikes, refractoriness.
#pragma once

#include "compiler/ast/component.h"
#include "compiler/check/context.h"
#include "compiler/check/interfaces.h"
#include "compiler/model/dynamics.h"

namespace bouton::check {

struct CheckedNeuron {
  model::Neuron model;
  NeuronInterface interface;
};

[[nodiscard]] CheckedNeuron check_neuron(const ast::Component& neuron, Context& context);

}  // namespace bouton::check
