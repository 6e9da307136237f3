// The hazard clock of `spike at rate r` (SEMANTICS 21): at every eligible step it gains r *
// timestep in multiples of 2^-40 and then is compared with -ln U, where U is draw number n of the
// neuron. A spike or a reset takes the next draw; n is never set back.
#pragma once

#include <cstdint>

namespace bouton::interpret {

struct HazardClock {
  std::int64_t gained = 0;     // multiples of 2^-40
  std::int64_t threshold = 0;  // the same, of draw `ordinal`; at least 1
  std::uint64_t ordinal = 0;
  bool drawn = false;

  // Whether the clock has reached its threshold.
  [[nodiscard]] bool due() const { return gained >= threshold; }
  void take_next_draw() {
    gained = 0;
    ordinal += 1;
    drawn = false;
  }
};

// False where a rate per step cannot drive a clock: nan, negative, or positive but rounded to 0.
[[nodiscard]] bool is_hazard_gain(double rate_per_step);
[[nodiscard]] std::int64_t hazard_gain(double rate_per_step);
[[nodiscard]] std::int64_t hazard_threshold(double uniform);

}  // namespace bouton::interpret
