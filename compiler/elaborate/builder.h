// The network under construction and what its declarations are evaluated with. Passed along between
// the files of this folder; nobody else sees it.
#pragma once

#include <set>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/elaborate/elaborate.h"
#include "compiler/elaborate/evaluate.h"

namespace bouton::elaborate {

// `weights tied to -transpose(down.w)` as it stands; resolved when all projections are there.
struct DeclaredTie {
  source::Span span;
  ProjectionId from;
  OwnerKey to;
  bool transposed = false;
  double scale = 1.0;
};

struct Builder {
  const model::Program& program;
  const model::Experiment& experiment;
  diagnostics::Diagnostics& diagnostics;
  Network network;
  // Where declarations stand: the experiment or, while one is instantiated, a circuit.
  CircuitId circuit;
  Environment environment;
  std::set<OwnerKey> families = {};  // without indices; a family may have no members
  std::set<OwnerKey> broken = {};  // without indices: what could not be declared; reported already
  // By instance, nothing for the experiment itself: of their declarations some were not reached,
  // because of an error that is reported already.
  std::set<std::optional<model::SymbolId>> incomplete = {};
  std::vector<DeclaredTie> ties = {};
  double bytes = 0.0;  // what the network takes at least
  // What was reported before, of another experiment say, does not count.
  std::size_t errors_before = diagnostics.error_count();

  [[nodiscard]] bool failed() const { return diagnostics.error_count() > errors_before; }
  [[nodiscard]] const model::Scope& scope() const { return *environment.scope; }
  [[nodiscard]] const std::optional<model::SymbolId>& instance() const {
    return network.circuits[circuit].instance;
  }
  // `z` -> `Sampling/z`, in a circuit `Sampling/net.z`.
  [[nodiscard]] std::string qualified(const std::string& name) const {
    return network.circuits[circuit].name + (instance() ? "." : "/") + name;
  }
  void report(const Problem& problem) {
    auto report =
        diagnostics.report(diagnostics::Kind::CannotEvaluate, problem.span, {problem.message});
    report.hint(problem.hint);
    if (instance()) report.other(network.circuits[circuit].span, "with the values given here");
  }
};

}  // namespace bouton::elaborate
