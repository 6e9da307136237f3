#include "runtime/library/normalise.h"

#include <cmath>

#include "runtime/sum/eight_sums.h"

namespace bouton::runtime {

Tensor normalise(Tensor weights, bool per_post, double to) {
  const std::size_t groups = weights.shape()[per_post ? 0 : 1];
  const std::size_t members = weights.shape()[per_post ? 1 : 0];
  for (std::size_t group = 0; group < groups; ++group) {
    const auto at = [&](std::size_t member) -> double& {
      return per_post ? weights.at(group, member) : weights.at(member, group);
    };
    sum::EightSums<double> total;
    for (std::size_t member = 0; member < members; ++member)
      total.add(member, std::fabs(at(member)));
    if (total.total() == 0) continue;
    for (std::size_t member = 0; member < members; ++member) at(member) *= to / total.total();
  }
  return weights;
}

}  // namespace bouton::runtime
