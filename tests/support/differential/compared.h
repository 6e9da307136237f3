// What the differential tests share: the programs they compare, and runs of one program in every
// way, each reduced to a fingerprint (result hash, printed lines, figures of expectations,
// problem). Two ways agree when their fingerprints are equal.
#pragma once

#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "compiler/driver/pipeline.h"
#include "runtime/host/outcome.h"

namespace bouton::driver {

struct Case {
  std::string file;
  std::vector<std::string> parameters;  // make examples short
  elaborate::Precision precision = elaborate::Precision::Double;
};
[[nodiscard]] std::string name_of(const Case& which);
void PrintTo(const Case& which, std::ostream* out);

// Every program of tests/differential/programs, and the examples in a short form; in both
// precisions.
[[nodiscard]] std::vector<Case> all_cases();

// A checked program with its experiments and verify blocks bound, and everything they refer to.
struct Bound {
  Session session;
  std::optional<model::Program> program;
  std::vector<elaborate::Network> networks;

  explicit Bound(const Case& which);
  [[nodiscard]] std::string messages() const;
};

// A way to compile and run: replicas side by side, elements per vector, optimisation level.
struct Compiled {
  int lanes = 1;
  int width = 8;
  int level = 3;
  bool pooled = false;  // all numbers come from the table of an executable
  bool skips = true;    // leaps over quiet steps
  bool patient = true;  // where that pays
};

[[nodiscard]] std::string fingerprint(const runtime::ReplicaOutcome& outcome);
[[nodiscard]] std::string interpreted_fingerprint(const elaborate::Network& network);

// The replicas in lanes, with consecutive seeds; none where there is no code, which is reported, or
// where the replicas come to differ in what they run.
[[nodiscard]] std::vector<runtime::ReplicaOutcome> compiled_outcomes(
    Bound& bound, const elaborate::Network& network, const plan::Plan& plan, Compiled how);

// Fingerprints of the replicas in lanes, with consecutive seeds; the messages where there is no
// code; none where the replicas come to differ in what they run.
[[nodiscard]] std::vector<std::string> compiled_fingerprints(Bound& bound,
                                                             const elaborate::Network& network,
                                                             const plan::Plan& plan, Compiled how);

}  // namespace bouton::driver
