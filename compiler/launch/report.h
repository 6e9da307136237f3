// What is left when replicas have run: the result file, plots, hashes, messages, the exit code.
#pragma once

#include <cstdint>
#include <vector>

#include "compiler/elaborate/arithmetic.h"
#include "compiler/launch/column_units.h"
#include "compiler/launch/session.h"
#include "runtime/host/outcome.h"
#include "runtime/output/run_output.h"

namespace bouton::launch {

struct ReportOptions {
  bool quiet = false;
  elaborate::Precision precision = elaborate::Precision::Double;
  std::uint64_t first_seed = 0;
  double seconds = 0;   // in which replicas ran: starting and compiling do not count
  ColumnUnits units{};  // of plots
};

// Writes and prints everything; returns the exit code. `output` may be null.
[[nodiscard]] int report_outcomes(Session& session, runtime::RunOutput* output,
                                  const ReportOptions& options,
                                  const std::vector<runtime::ReplicaOutcome>& outcomes);
// The same of a sweep, without the hash of each replica.
[[nodiscard]] int report_sweep(Session& session, runtime::RunOutput& output,
                               const ReportOptions& options,
                               const std::vector<runtime::ReplicaOutcome>& outcomes);

// Prints all messages; returns the code.
[[nodiscard]] int finish(Session& session, int code);

}  // namespace bouton::launch
