// The traces that define `on pair(dt) all` (SEMANTICS 12, compiler/elaborate/pair_window.h), kept
// for each synapse: for every term of the window the moments x_0 .. x_power at the last jump.
#pragma once

#include <cstdint>
#include <vector>

#include "compiler/elaborate/pair_window.h"
#include "compiler/elaborate/scalar.h"

namespace bouton::interpret {

struct WindowTrace {
  std::vector<double> moments;  // x_0 .. x_power, as they were at `step`
  std::int64_t step = 0;
};

// One trace per term, in the order of updates and terms: of pre spikes for the causal side, of post
// spikes for the anticausal one.
struct WindowTraces {
  std::vector<WindowTrace> of_pre;
  std::vector<WindowTrace> of_post;
};

[[nodiscard]] WindowTraces silent_traces(const elaborate::PairWindow& window);

// Adds what the window says for a spike that meets the traces of the other side, at step k. `slots`
// is the synapse's row, `frame` sees it.
void deliver(const std::vector<elaborate::WindowUpdate>& updates,
             const std::vector<WindowTrace>& traces, std::int64_t step, elaborate::Slot* slots,
             const elaborate::Frame& frame);

// A spike at step k joins the traces of its side.
void jump(const std::vector<elaborate::WindowUpdate>& updates, std::vector<WindowTrace>& traces,
          std::int64_t step, const elaborate::Frame& frame);

}  // namespace bouton::interpret
