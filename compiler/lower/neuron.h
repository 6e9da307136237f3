// The names of a neuron inside a kernel: what its columns hold.
#pragma once

#include "compiler/lower/expression.h"

namespace bouton::lower {

// A neuron as a kernel reaches it: its population, and the axis along which its columns are read.
struct NeuronAt {
  elaborate::PopulationId population;
  plan::AxisId axis;
};

// The value of stage 2 of the step being executed; for a state x(k) until stage Jump, what its
// column holds later.
[[nodiscard]] Value read_neuron(const NeuronAt& at, model::SymbolId symbol, source::Span span,
                                Emitter& emit);
[[nodiscard]] Value read_neuron_before(const NeuronAt& at, model::SymbolId symbol,
                                       source::Span span, Emitter& emit);
// y' of an algebraic variable; x' of a state.
[[nodiscard]] Value read_neuron_slope(const NeuronAt& at, model::SymbolId symbol, source::Span span,
                                      Emitter& emit);

// All names of the neuron in a kernel over its population.
[[nodiscard]] Names neuron_names(elaborate::PopulationId population, Emitter& emit);

// Whole steps since the last spike before this step; infinitely many if there was none.
[[nodiscard]] Value since_spike(const NeuronAt& at, Emitter& emit);

}  // namespace bouton::lower
