#include "runtime/sum/eight_sums.h"

#include <cstring>

namespace bouton::runtime::sum {
namespace {

template <class Real>
using Eight = math::Vector<Real, 8>;

template <class Real>
BOUTON_INLINE Eight<Real> load_eight(const StridedRange<Real>& values, std::size_t start) {
  Eight<Real> loaded;
  if (values.stride == 1) {
    std::memcpy(&loaded, values.first + start, sizeof(loaded));
  } else {
    for (std::size_t i = 0; i < 8; ++i) loaded[i] = values[start + i];
  }
  return loaded;
}

template <class Real>
BOUTON_INLINE Real total_of(const Eight<Real>& p) {
  return ((p[0] + p[4]) + (p[2] + p[6])) + ((p[1] + p[5]) + (p[3] + p[7]));
}

}  // namespace

template <class Real>
Real total(StridedRange<Real> values) {
  Eight<Real> partial{};
  const std::size_t whole = values.count / 8 * 8;
  for (std::size_t start = 0; start < whole; start += 8) partial += load_eight(values, start);
  for (std::size_t i = whole; i < values.count; ++i) partial[i % 8] += values[i];
  return total_of<Real>(partial);
}

template <class Real>
Real dot(StridedRange<Real> weights, StridedRange<Real> presynaptic) {
  Eight<Real> partial{};
  const std::size_t whole = weights.count / 8 * 8;
  for (std::size_t start = 0; start < whole; start += 8) {
    partial += weighted<Eight<Real>>(load_eight(weights, start), load_eight(presynaptic, start));
  }
  for (std::size_t i = whole; i < weights.count; ++i) {
    partial[i % 8] += weighted<Real>(weights[i], presynaptic[i]);
  }
  return total_of<Real>(partial);
}

template float total(StridedRange<float>);
template double total(StridedRange<double>);
template float dot(StridedRange<float>, StridedRange<float>);
template double dot(StridedRange<double>, StridedRange<double>);

}  // namespace bouton::runtime::sum
