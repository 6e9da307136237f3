// Philox4x32-10, the counter-based generator of Salmon, Moraes, Dror and Shaw, "Parallel random
// numbers: as easy as 1, 2, 3", SC 2011, doi:10.1145/2063384.2063405. Stateless: the words are a
// function of counter and key. Templates over std::uint64_t and vectors of it, every lane holding
// one 32-bit number, because that is the shape in which all vector units multiply 32 bits by 32
// into 64.
#pragma once

#include <cstddef>
#include <utility>

#include "runtime/math/lanes.h"

namespace bouton::runtime::random {

template <class Lanes64>
struct PhiloxBlock {
  Lanes64 word[4];  // each below 2^32
};

// Between rounds the high halves of the words may hold leftovers; the products do not read them.
template <class Lanes64>
BOUTON_INLINE PhiloxBlock<Lanes64> philox_round(const PhiloxBlock<Lanes64>& in, Lanes64 key0,
                                                Lanes64 key1) {
  constexpr std::uint64_t low_half = 0xffffffff;
  const Lanes64 product0 = (in.word[0] & low_half) * std::uint64_t{0xD2511F53};
  const Lanes64 product1 = (in.word[2] & low_half) * std::uint64_t{0xCD9E8D57};
  return {{(product1 >> 32) ^ in.word[1] ^ key0, product1, (product0 >> 32) ^ in.word[3] ^ key1,
           product0}};
}

// The rounds are written out by the fold: left as a loop they cost ten times as much where a
// compiler keeps it rolled.
template <class Lanes64, std::size_t... round>
BOUTON_INLINE PhiloxBlock<Lanes64> philox_rounds(PhiloxBlock<Lanes64> block, Lanes64 key0,
                                                 Lanes64 key1,
                                                 std::index_sequence<round...> /*rounds*/) {
  ((block = philox_round<Lanes64>(block, key0 + round * std::uint64_t{0x9E3779B9},
                                  key1 + round * std::uint64_t{0xBB67AE85})),
   ...);
  return block;
}

// The counter's words and the key's words are below 2^32.
template <class Lanes64>
BOUTON_INLINE PhiloxBlock<Lanes64> philox(const PhiloxBlock<Lanes64>& counter, Lanes64 key0,
                                          Lanes64 key1) {
  constexpr std::uint64_t low_half = 0xffffffff;
  PhiloxBlock<Lanes64> block = philox_rounds(counter, key0, key1, std::make_index_sequence<10>{});
  for (Lanes64& word : block.word) word &= low_half;
  return block;
}

}  // namespace bouton::runtime::random
