#include "runtime/analysis/states.h"

#include "runtime/tensor/sum_of.h"

namespace bouton::runtime {

std::uint64_t state_number(std::span<const bool> active) {
  std::uint64_t number = 0;
  for (const bool bit : active) number = number << 1 | (bit ? 1U : 0U);
  return number;
}

Tensor counts_of(const StateHistogram& histogram) {
  std::vector<double> counts;
  counts.reserve(histogram.visits().size());
  for (const std::uint64_t visits : histogram.visits())
    counts.push_back(static_cast<double>(visits));
  return Tensor::vector(std::move(counts));
}

Result<Tensor> distribution_of(const Tensor& counts) {
  const double total = sum_of(counts.data());
  if (!(total > 0.0)) return Error{"it counts nothing, so it has no distribution"};
  Tensor distribution = counts;
  for (double& count : distribution.data()) count /= total;
  return distribution;
}

}  // namespace bouton::runtime
