#include "runtime/analysis/divergence.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "runtime/analysis/states.h"
#include "runtime/math/math.h"
#include "runtime/sum/eight_sums.h"
#include "runtime/tensor/sum_of.h"

namespace bouton::runtime {
namespace {

Result<Tensor> as_distribution(const Tensor& numbers, int argument) {
  const auto is_whole = [](double x) { return x == std::floor(x); };
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (!(numbers[i] >= 0.0) || std::isinf(numbers[i])) {
      return Error{fmt::format("element {} is {}: a distribution holds finite numbers from 0 on", i,
                               numbers[i]),
                   argument};
    }
  }
  const double total = sum_of(numbers.data());
  const bool counts = std::all_of(numbers.data().begin(), numbers.data().end(), is_whole);
  if (!counts && std::fabs(total - 1.0) > 1e-9) {
    return Error{fmt::format("its sum is {}: it is neither a distribution nor counts", total),
                 argument};
  }
  Result<Tensor> distribution = distribution_of(numbers);
  if (!distribution) return Error{distribution.error().message, argument};
  return distribution;
}

double term(double p, double q) {
  if (p == 0.0) return 0.0;
  if (q == 0.0) return std::numeric_limits<double>::infinity();
  return p * (math::log(p) - math::log(q));
}

}  // namespace

Result<double> divergence(const Tensor& p, const Tensor& q) {
  if (p.shape() != q.shape()) {
    return Error{fmt::format("it has shape {}, the first one {}", print_shape(q.shape()),
                             print_shape(p.shape())),
                 1};
  }
  const Result<Tensor> from = as_distribution(p, 0);
  if (!from) return from.error();
  const Result<Tensor> to = as_distribution(q, 1);
  if (!to) return to.error();
  sum::EightSums<double> total;
  for (std::size_t state = 0; state < p.size(); ++state)
    total.add(state, term((*from)[state], (*to)[state]));
  return total.total();
}

}  // namespace bouton::runtime
