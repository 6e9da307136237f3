// mean + normal(0, deviation), redrawn while the deviate is larger than the bound. Redraw k of an
// element reads the same element and ordinal in the stream of attempt k (stream.h), so no element
// depends on the luck of another.
#pragma once

#include <cstdint>
#include <optional>

#include "runtime/random/stream.h"

namespace bouton::runtime::random {

struct TruncatedNormal {
  double mean = 0;
  double deviation = 1;  // 0 gives the mean
  double bound = 1;      // positive; largest |x - mean|
};

// Which draw is asked for; see draws.h.
struct DrawPosition {
  std::uint64_t seed = 0;
  StreamId stream{};
  std::uint64_t element = 0;
  std::uint64_t ordinal = 0;
};

// nullopt if 100 000 redraws did not help: the bound is far too narrow for a rejection method.
[[nodiscard]] std::optional<double> truncated_normal(const TruncatedNormal& law,
                                                     const DrawPosition& position);

}  // namespace bouton::runtime::random
