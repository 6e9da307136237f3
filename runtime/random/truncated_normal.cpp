#include "runtime/random/truncated_normal.h"

#include "runtime/random/draws.h"
#include "runtime/random/uniform.h"

namespace bouton::runtime::random {

std::optional<double> truncated_normal(const TruncatedNormal& law, const DrawPosition& position) {
  constexpr std::uint32_t most_attempts = 100'000;
  for (std::uint32_t attempt = 0; attempt < most_attempts; ++attempt) {
    const std::uint64_t stream = stream_of_attempt(position.stream, attempt).bits;
    const std::uint64_t words =
        draw_two_words(position.seed, stream, position.element, position.ordinal);
    const double deviate = law.deviation * standard_normal(words);
    if (math::abs(deviate) <= law.bound) return law.mean + deviate;
  }
  return std::nullopt;
}

}  // namespace bouton::runtime::random
