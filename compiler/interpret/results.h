// What an experiment leaves behind: recorded rows, printed lines, plots as data, and how its
// expectations went. A problem ends the experiment; what was recorded before it is kept.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/elaborate/problem.h"
#include "compiler/model/experiment.h"
#include "runtime/analysis/results.h"

namespace bouton::interpret {

// `expect a == b within e`: the figures by which it passed or failed.
struct Expectation {
  source::Span span;
  bool passed = false;
  std::string figures;  // "largest difference 3e-13 at [4, 1], allowed 1e-12"
};

struct Results {
  runtime::Results recorded;
  std::vector<std::string> printed;
  std::vector<model::Plot> plots;
  std::vector<Expectation> expectations;
  std::optional<elaborate::Problem> problem;
  std::int64_t steps = 0;  // computed in all runs

  [[nodiscard]] bool succeeded() const;
};

}  // namespace bouton::interpret
