// The output file of a run: opened before anything is computed, written when the run ends.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/launch/session.h"
#include "runtime/output/problem.h"
#include "runtime/output/run_output.h"

namespace bouton::launch {

struct OutputSettings {
  std::string file;  // the result file; empty: none
  bool resume = false;
  std::optional<double> checkpoint_every{};  // seconds, 600 if absent; 0: only when cancelled
  bool checkpoints = true;                   // the interpreter makes none
};

void print_output_problem(const runtime::OutputProblem& problem);

// An executable is written in one go at the end: whether it can be is found out before. False after
// saying so.
[[nodiscard]] bool can_write_executable(const Session& session, const std::string& file);

// False, after saying so, where a setting needs an output that is not named.
[[nodiscard]] bool has_output_needed(const OutputSettings& settings);

// A null pointer if there is to be none; nothing if it cannot be used, which has been said.
[[nodiscard]] std::optional<std::unique_ptr<runtime::RunOutput>> open_output(
    const Session& session, const runtime::RunDescription& description,
    const OutputSettings& settings);

// Writes the result file.
[[nodiscard]] runtime::RunOutput::Finished finish_output(runtime::RunOutput& output);
// Says where the results are. False if something went wrong.
[[nodiscard]] bool print_finished(const runtime::RunOutput::Finished& finished);

}  // namespace bouton::launch
