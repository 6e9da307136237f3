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
  std::int64_t steps = 0;  // of all runs together
  Failed problem;          // why it ended early
};

// What a running experiment tells while it runs. Empty functions are not called.
struct Listener {
  std::function<void(int replica, const std::string& line)> on_print;
  std::function<void(int replica, const ResultTable& table)> on_record;  // after a row was added
  std::function<void(double fraction, std::int64_t steps)>
      on_progress;  // done of the whole, steps so far
  std::function<bool()> is_cancelled;
};

}  // namespace bouton::runtime
