// The locality report of `bouton check`: what every rule reads and whether its synapse could know
// it, which weights are views of others (weight transport), and which weights the experiment itself
// writes.
#pragma once

#include <string>
#include <vector>

#include "compiler/model/program.h"

namespace bouton::check {

struct RuleLocality {
  enum class Verdict { Local, Broadcast, Nonlocal };
  std::string rule;
  source::Span span;
  Verdict verdict = Verdict::Local;
  std::vector<std::string> reads;  // `w`, `pre.rho`, `post spikes`, `broadcast reward`
};

struct WeightTransport {
  std::string where;  // the circuit or experiment
  std::string projection;
  std::string source;  // `-transpose(up.w)`
};

struct WeightWrite {
  std::string where;
  std::string weights;  // `student.up.w`
  int count = 0;        // statements
};

struct LocalityReport {
  std::vector<RuleLocality> rules;
  std::vector<WeightTransport> transports;
  std::vector<WeightWrite> writes;
};

[[nodiscard]] LocalityReport build_locality_report(const model::Program& program);

[[nodiscard]] std::string render_locality(const LocalityReport& report);

}  // namespace bouton::check
