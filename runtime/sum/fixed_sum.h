// The sum of an input that events both add to and take from: 64-bit multiples of 2^-44 (in the
// field's unit: 1, mV, pA, nS), so that taking away what was added restores every bit, in any
// order. A template over double and vectors of double.
#pragma once

#include "runtime/math/fixed_point.h"

namespace bouton::runtime::sum {

template <class V>
class FixedSum {
 public:
  using Fixed = math::FixedOf<V>;

  // `weighted` is weight times PSP; the same value has to be given when the PSP ends.
  BOUTON_INLINE void add(V weighted) { accumulate(math::to_fixed44(weighted), weighted); }
  BOUTON_INLINE void subtract(V weighted) { accumulate(math::to_fixed44<V>(-weighted), weighted); }

  [[nodiscard]] BOUTON_INLINE V total() const { return math::from_fixed44(sum_); }
  // The total in units of 2^-44.
  [[nodiscard]] BOUTON_INLINE Fixed units() const { return sum_; }

  // True, or -1 in the lane, once a term was beyond 64 bits, and while the sum is; a run-time error
  // of the program. A sum that left the range and came back is exact: order does not matter.
  [[nodiscard]] BOUTON_INLINE auto has_overflowed() const { return (overflowed_ | turns_) != 0; }

 private:
  BOUTON_INLINE void accumulate(Fixed term, V weighted) {
    const auto one = math::splat<Fixed>(1);
    const auto term_is_beyond = math::fits_fixed44(weighted) == 0;
    overflowed_ |= math::select(term_is_beyond, one, Fixed{});
    const Fixed direction = math::select(term < Fixed{}, -one, one);
    turns_ += math::select(math::overflows(sum_, term), direction, Fixed{});
    sum_ = math::add_fixed(sum_, term);
  }

  Fixed sum_{};
  Fixed turns_{};  // how often the sum has gone around 64 bits, upwards less downwards
  Fixed overflowed_{};
};

}  // namespace bouton::runtime::sum
