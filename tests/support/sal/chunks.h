// Means and standard errors of what a program records once per chunk of a long run.
#pragma once

#include <string>

#include "runtime/analysis/results.h"

namespace bouton::numeric {

struct Estimate {
  runtime::Tensor mean;
  runtime::Tensor error;  // standard error of the mean
};

// One row per chunk: the recorded array of that name.
[[nodiscard]] std::vector<runtime::Tensor> chunks_of(const runtime::Results& results,
                                                     const std::string& name);

// Two chunks or more, of equal shapes.
[[nodiscard]] Estimate estimate(const std::vector<runtime::Tensor>& chunks);

// The largest |a - b| in units of the combined standard error. Elements without any error (a
// diagonal, say) must be equal: otherwise it is infinite.
[[nodiscard]] double largest_deviation(const Estimate& a, const Estimate& b);

}  // namespace bouton::numeric
