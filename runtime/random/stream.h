// Names of random streams: 48 bits from the qualified name of a site, the kind of draw, and the
// ordinal of the call among all calls at that site. FNV-1a with 64 bits (Fowler, Noll, Vo) over the
// bytes
//
//   name, 0, kind, call (four bytes, lowest first)
//
// folded to 48 by xor of the upper 16 bits onto the lowest, as its authors prescribe.
#pragma once

#include <cstdint>
#include <string_view>

namespace bouton::runtime::random {

// The numbers are part of the random number layout: append, never renumber.
enum class DrawKind : std::uint8_t {
  SpikeProbability = 1,  // one word per neuron and step
  SpikeRate = 2,         // one word per neuron and draw ordinal: threshold of the hazard clock
  Noise = 3,             // two words, as are all below
  Uniform = 4,
  Normal = 5,
  TruncatedNormal = 6,
  Choice = 7,  // shuffle, draw, random connectivity
};

struct StreamId {
  std::uint64_t bits;  // below 2^48
  friend bool operator==(StreamId, StreamId) = default;
};

[[nodiscard]] StreamId stream_of(std::string_view site, DrawKind kind, std::uint32_t call = 0);

// The stream of redraw number `attempt` of a rejection method: attempt 0 is the stream itself, all
// others are named by the eight bytes of the stream and the four of the attempt, hashed in the same
// way.
[[nodiscard]] StreamId stream_of_attempt(StreamId stream, std::uint32_t attempt);

}  // namespace bouton::runtime::random
