// The sum of numbers in the one order that Bouton adds in (runtime/sum/eight_sums.h), by row-major
// position.
#pragma once

#include <span>

#include "runtime/sum/eight_sums.h"

namespace bouton::runtime {

[[nodiscard]] inline double sum_of(std::span<const double> numbers) {
  return sum::total<double>({numbers.data(), numbers.size(), 1});
}

}  // namespace bouton::runtime
