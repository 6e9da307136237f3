// Which words of which Philox block a draw reads. A draw is a function of (seed, stream, element,
// ordinal) and of nothing else, so neither threads nor lanes nor storage can change it.
//
//   key      seed, low and high 32 bits
//   counter  word 0   element / 4 for one-word draws, element / 2 for two-word draws
//            word 1   ordinal bits 0..31
//            word 2   ordinal bits 32..47, and stream bits 0..15 above them
//            word 3   stream bits 16..47
//   draw     one word:  word (element mod 4)
//            two words: words 2 (element mod 2) and the next
//
//   stream   48 bits, named by site and kind of draw (stream.h); one-word and two-word kinds never
//   share a stream element  neuron, or post * n_pre + pre of a synapse, or position in an array;
//   below 2^33 ordinal  step, draw ordinal of the neuron, or how often the call was reached; below
//   2^48
//
// Everything is a template over std::uint64_t and vectors of it: lanes may differ in any of the
// four (replicas in seed).
#pragma once

#include "runtime/random/philox.h"

namespace bouton::runtime::random {

inline constexpr int rng_layout_version = 1;

template <class Lanes64>
BOUTON_INLINE PhiloxBlock<Lanes64> draw_block(Lanes64 seed, Lanes64 stream, Lanes64 block,
                                              Lanes64 ordinal) {
  constexpr std::uint64_t low_half = 0xffffffff;
  const PhiloxBlock<Lanes64> counter = {{block & low_half, ordinal & low_half,
                                         ((ordinal >> 32) & 0xffff) | ((stream & 0xffff) << 16),
                                         (stream >> 16) & low_half}};
  return philox<Lanes64>(counter, seed & low_half, seed >> 32);
}

// One-word draw.
template <class Lanes64>
BOUTON_INLINE Lanes64 draw_word(Lanes64 seed, Lanes64 stream, Lanes64 element, Lanes64 ordinal) {
  const PhiloxBlock<Lanes64> block = draw_block<Lanes64>(seed, stream, element >> 2, ordinal);
  const auto odd = (element & 1) != 0;
  const Lanes64 low = math::select(odd, block.word[1], block.word[0]);
  const Lanes64 high = math::select(odd, block.word[3], block.word[2]);
  return math::select((element & 2) != 0, high, low);
}

// Two-word draw: the first word in the high half.
template <class Lanes64>
BOUTON_INLINE Lanes64 draw_two_words(Lanes64 seed, Lanes64 stream, Lanes64 element,
                                     Lanes64 ordinal) {
  const PhiloxBlock<Lanes64> block = draw_block<Lanes64>(seed, stream, element >> 1, ordinal);
  const auto odd = (element & 1) != 0;
  const Lanes64 first = math::select(odd, block.word[2], block.word[0]);
  const Lanes64 second = math::select(odd, block.word[3], block.word[1]);
  return (first << 32) | second;
}

}  // namespace bouton::runtime::random
