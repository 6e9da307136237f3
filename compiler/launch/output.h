// The output file of a run: opened before anything is computed, written when the run ends.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "compiler/elaborate/network.h"
#include "compiler/launch/session.h"
#include "runtime/output/problem.h"
#include "runtime/output/run_output.h"

namespace bouton::launch {

struct OutputSettings {
  std::string file;  // the result file; empty: none
  bool resume = false;
  double checkpoint_every = 600;  // seconds; 0: only when the run is cancelled
};

void print_output_problem(const runtime::OutputProblem& problem);

// An executable is written in one go at the end: whether it can be is found out before. False after
// saying so.
[[nodiscard]] bool can_write_executable(const Session& session, const std::string& file);

// A null pointer if there is to be none; nothing if it cannot be used, which has been said.
// `source`: the program as the user named it.
[[nodiscard]] std::optional<std::unique_ptr<runtime::RunOutput>> open_output(
    const Session& session, const elaborate::Network& network, const std::string& source, int seeds,
    const OutputSettings& settings);

// Writes the result file and says so; does nothing without an output. False if something went
// wrong.
[[nodiscard]] bool finish_output(runtime::RunOutput* output);

}  // namespace bouton::launch
