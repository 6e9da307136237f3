// What is left when replicas have run: the result file, plots, hashes, messages, the exit code.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/elaborate/arithmetic.h"
#include "compiler/launch/session.h"
#include "runtime/host/outcome.h"

namespace bouton::launch {

struct ReportOptions {
  std::string source;  // name of the source file
  std::string output;  // result file; empty: none
  bool quiet = false;
  elaborate::Precision precision = elaborate::Precision::Double;
};

// Found out before hours of computing, not after: an output that cannot be written. False after
// saying so.
[[nodiscard]] bool can_write_to(const std::string& output);

// Writes and prints everything; returns the exit code. `seconds` is what the replicas took.
[[nodiscard]] int report_outcomes(Session& session, const ReportOptions& options,
                                  const std::vector<runtime::ReplicaOutcome>& outcomes,
                                  std::uint64_t first_seed, double seconds);

// Prints all messages; returns the code.
[[nodiscard]] int finish(const Session& session, int code);

}  // namespace bouton::launch
