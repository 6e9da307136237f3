// The locality report of `bouton check`: what every rule reads, where that lies, and whether its
// synapse could know it; which weights are views of others (weight transport); and which weights
// the experiment itself writes.
#pragma once

#include <string>
#include <vector>

#include "compiler/model/program.h"
#include "compiler/source/source_map.h"

namespace bouton::check {

struct RuleLocality {
  enum class Verdict { Local, Broadcast, Nonlocal };
  std::string rule;
  source::Span span;
  Verdict verdict = Verdict::Local;
  // What it reads, in the words of the program: `w`, `prev(rho)`, `spikes`.
  std::vector<std::string> synapse;     // its own: weight, states, traces
  std::vector<std::string> pre, post;   // of its two neurons
  std::vector<std::string> broadcasts;  // signals of the experiment
  std::vector<std::string> writes;      // `w`, states
};

// An `if` around a declaration: its condition has to hold, or not to hold.
struct DeclaredIf {
  source::Span condition;
  bool holds = true;
};

// Where a rule learns.
struct RuleUse {
  std::string where;  // the circuit or experiment
  std::string projection;
  std::string rule;  // as declared
  source::Span span;
  std::vector<DeclaredIf> conditions{};
};

struct WeightTransport {
  std::string where;  // the circuit or experiment
  std::string projection;
  std::string source;  // `-transpose(up.w)`
  source::Span span;
  std::vector<DeclaredIf> conditions{};
};

struct WeightWrite {
  std::string where;
  std::string weights;                   // `student.up.w`
  std::vector<source::Span> statements;  // in the order of the text
};

struct LocalityReport {
  std::vector<RuleLocality> rules;
  std::vector<RuleUse> uses;
  std::vector<WeightTransport> transports;
  std::vector<WeightWrite> writes;
};

[[nodiscard]] LocalityReport build_locality_report(const model::Program& program);

[[nodiscard]] std::string render_locality(const LocalityReport& report,
                                          const source::SourceMap& sources);

}  // namespace bouton::check
