// The network under construction and what its declarations are evaluated with. Passed along between
// the files of this folder; nobody else sees it.
#pragma once

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/elaborate/elaborate.h"
#include "compiler/elaborate/evaluate.h"

namespace bouton::elaborate {

struct Builder {
  const model::Program& program;
  const model::Experiment& experiment;
  diagnostics::Diagnostics& diagnostics;
  Network network;
  Environment environment;
  // What was reported before, of another experiment say, does not count.
  std::size_t errors_before = diagnostics.error_count();

  [[nodiscard]] bool failed() const { return diagnostics.error_count() > errors_before; }
  // `z` -> `Sampling/z`.
  [[nodiscard]] std::string qualified(const std::string& name) const {
    return experiment.name + "/" + name;
  }
  void report(const Problem& problem) {
    diagnostics.report(diagnostics::Kind::CannotEvaluate, problem.span, {problem.message})
        .hint(problem.hint);
  }
};

}  // namespace bouton::elaborate
