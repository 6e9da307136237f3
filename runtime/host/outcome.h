// What one replica of an experiment leaves behind.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "runtime/analysis/expectation.h"
#include "runtime/analysis/results.h"
#include "runtime/host/problem.h"
#include "runtime/program/program.h"

namespace bouton::runtime {

struct Expectation {
  Place place;
  ExpectationResult result;
};

struct ReplicaOutcome {
  Results results;
  std::vector<std::string> printed;
  std::vector<Expectation> expectations;
  std::vector<PlotStmt> plots;
  std::int64_t steps = 0;    // of all runs together
  Failed problem;            // why it ended early
  bool interrupted = false;  // left before its end: by Ctrl-C, or as nothing can be kept any more
};

// What a running experiment tells while it runs. Empty functions are not called.
struct Listener {
  std::function<void(int replica, const std::string& line)> on_print;
  std::function<void(int replica, const ResultTable& table)> on_record;  // after a row was added
  std::function<void(double fraction, std::int64_t steps)>
      on_progress;  // done of the whole, steps so far
  // Whoever hears of rows keeps them: an outcome then holds no more than the names of its tables.
  bool keeps_rows = false;
  std::function<bool()> is_cancelled;
  // Asked between pieces of a run and between statements; if true, and when a run is cancelled,
  // on_state takes all that a block needs to go on from here.
  std::function<bool()> is_state_wanted;
  std::function<void(const std::string& state)> on_state;
};

}  // namespace bouton::runtime
