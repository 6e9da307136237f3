// The one order in which Bouton adds floating-point numbers: eight partial sums by index mod 8,
// each starting at +0 and ascending, added as ((0+4)+(2+6))+((1+5)+(3+7)). It fits every vector
// width up to eight, and since no partial sum is ever -0, a zero term may be left out: dense and
// sparse storage of the same matrix give the same bits.
#pragma once

#include <cstddef>

#include "runtime/math/lanes.h"

namespace bouton::runtime::sum {

// Real is float, double, or a vector with one sum per lane.
template <class Real>
class EightSums {
 public:
  // Calls come in ascending order of index; indices may be left out.
  void add(std::size_t index, Real value) { partial_[index % 8] += value; }

  [[nodiscard]] Real total() const {
    const Real* p = partial_;
    return ((p[0] + p[4]) + (p[2] + p[6])) + ((p[1] + p[5]) + (p[3] + p[7]));
  }

 private:
  Real partial_[8] = {};
};

// Elements first[0], first[stride], ...; a column of a matrix has the row length as its stride.
template <class Real>
struct StridedRange {
  const Real* first = nullptr;
  std::size_t count = 0;
  std::ptrdiff_t stride = 1;

  [[nodiscard]] const Real& operator[](std::size_t i) const {
    return first[static_cast<std::ptrdiff_t>(i) * stride];
  }
};

// A term whose presynaptic factor is zero is 0 whatever the weight, infinite and NaN weights
// included.
template <class Real>
BOUTON_INLINE Real weighted(Real weight, Real presynaptic) {
  return math::select(presynaptic == math::ElementOf<Real>(0), Real{}, weight * presynaptic);
}

template <class Real>
[[nodiscard]] Real total(StridedRange<Real> values);

// sum over j of weight[j] * presynaptic[j]; products are rounded before they are added. Both of the
// same count.
template <class Real>
[[nodiscard]] Real dot(StridedRange<Real> weights, StridedRange<Real> presynaptic);

extern template float total(StridedRange<float>);
extern template double total(StridedRange<double>);
extern template float dot(StridedRange<float>, StridedRange<float>);
extern template double dot(StridedRange<double>, StridedRange<double>);

}  // namespace bouton::runtime::sum
