// Plans written by hand: what lowering must be able to say. Each is a whole experiment in small.
#pragma once

#include "compiler/plan/builder.h"

namespace bouton::plan {

// Wake-sleep and alignment learning of seven stochastic neurons, in lanes that skip to their next
// event: hazard clocks, timers, pairs, durations of states, reset, training by the host program.
[[nodiscard]] Plan sampler_plan();

// One phase of a 1-1-1 microcircuit: spikes by the previous potential, interneuron weights tied to
// those of the projections that they balance, moving averages, learning after a lag.
[[nodiscard]] Plan microcircuit_plan();

// 4000 integrate-and-fire neurons, sparse projections with delays, exact integration.
[[nodiscard]] Plan cuba_plan();

// One step of phaseless alignment learning: noise, look-ahead by the previous step, dense products.
[[nodiscard]] Plan pal_plan();

}  // namespace bouton::plan
