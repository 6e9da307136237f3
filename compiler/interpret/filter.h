// `moving_average`, `lowpass` and `highpass` of a neuron's variable (SEMANTICS 19), for each
// neuron.
//
// A moving average is the sum over its window, divided by the number of samples in it. The sum is
// (samples of the block before that are still in the window, added backwards from the block's end)
// + (samples of the current block, added in order): blocks of n samples, each sum starting at +0.
// The low-pass and the high-pass are states: their value in step k is y(k), and x(k) acts on
// y(k+1).
#pragma once

#include <vector>

#include "compiler/elaborate/arithmetic.h"
#include "compiler/interpret/state.h"

namespace bouton::interpret {

// The filter that is the whole right-hand side of an algebraic variable.
[[nodiscard]] std::vector<FilterState> build_filters(const elaborate::Population& population,
                                                     const model::Neuron& neuron);

// As it begins after creation and `reset`: without samples but `first`.
void begin_filter(FilterState& filter, std::size_t neuron, const Frame& frame);

// Stage 2: the value of the variable. A moving average takes the sample of this step; the other two
// take it in when everything that it depends on is known, themselves included.
[[nodiscard]] double filtered(FilterState& filter, std::size_t neuron, const Frame& frame);
void take_input(FilterState& filter, std::size_t neuron, const Frame& frame);

// Stage 5 of `lowpass` and `highpass`.
void integrate_filter(FilterState& filter, std::size_t neuron, model::Solver solver,
                      const Frame& frame);

}  // namespace bouton::interpret
