// The executable definition of the language: runs the network of an experiment and its statements,
// slowly and obviously. Compiled programs agree with it bit for bit.
//
// One file per stage of a step (draw, evaluate_step, learn, jump, integrate, constrain, observe);
// pairs of spikes straight from their set definitions (pairing), inputs from SEMANTICS 24 (input),
// hazard clocks from 21 (hazard_clock). Knows nothing of plans and lowering.
#pragma once

#include <cstdint>
#include <functional>

#include "compiler/elaborate/network.h"
#include "compiler/interpret/results.h"

namespace bouton::interpret {

// Called now and then, during runs, between statements and within long computations, with the share
// of the experiment that is done, where turns of a loop and steps of a run count alike, and the
// number of steps computed so far; false stops the experiment.
using Progress = std::function<bool(double fraction, std::int64_t steps)>;

// Called after each recorded row with its table.
using Recorded = std::function<void(const runtime::ResultTable& table)>;

[[nodiscard]] Results interpret(const elaborate::Network& network, const Progress& progress = {},
                                const Recorded& recorded = {});

}  // namespace bouton::interpret
