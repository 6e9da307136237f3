// functions.def as functions with C names: compiled by clang to the bitcode that generated code
// links (and, under other prefixes, by every compiler and flag that the tests compare). See
// functions.def for the signatures.
#include "runtime/math/fixed_point.h"
#include "runtime/math/math.h"
#include "runtime/random/draws.h"
#include "runtime/random/hazard.h"
#include "runtime/random/spike_limit.h"
#include "runtime/random/uniform.h"

#ifndef BOUTON_PREFIX
#define BOUTON_PREFIX bouton_
#endif
#define BOUTON_JOIN(prefix, name) prefix##name
#define BOUTON_JOIN_EXPANDED(prefix, name) BOUTON_JOIN(prefix, name)
#define BOUTON_EXPORT(name) BOUTON_JOIN_EXPANDED(BOUTON_PREFIX, name)

namespace bouton::runtime::bitcode {

// NOLINTBEGIN(readability-identifier-naming): the spelling of functions.def
using f64 = double;
using f32 = float;
using i64 = std::int64_t;
using u64 = std::uint64_t;
using MASK = std::int64_t;
// NOLINTEND(readability-identifier-naming)

template <class Out, class Result>
BOUTON_INLINE void store(Out* out, const Result& result) {
  if constexpr (std::is_same_v<Result, random::PhiloxBlock<Out>>) {
    for (int i = 0; i < 4; ++i) out[i] = result.word[i];
  } else if constexpr (std::is_same_v<Out, Result>) {
    *out = result;
  } else {
    *out = math::select(result, math::splat<Out>(-1), Out{});
  }
}

#define BOUTON_LANES(type, width) const math::Vector<type, width>*
#define BOUTON_DEFINE_1(space, name, in, out, width)                                        \
  extern "C" void BOUTON_EXPORT(name##_##in##x##width)(BOUTON_LANES(in, width) a,           \
                                                       math::Vector<out, width> * result) { \
    store(result, space::name(*a));                                                         \
  }
#define BOUTON_DEFINE_2(space, name, in, out, width)                                             \
  extern "C" void BOUTON_EXPORT(name##_##in##x##width)(                                          \
      BOUTON_LANES(in, width) a, BOUTON_LANES(in, width) b, math::Vector<out, width> * result) { \
    store(result, space::name(*a, *b));                                                          \
  }
#define BOUTON_DEFINE_4(space, name, in, out, width)                                   \
  extern "C" void BOUTON_EXPORT(name##_##in##x##width)(                                \
      BOUTON_LANES(in, width) a, BOUTON_LANES(in, width) b, BOUTON_LANES(in, width) c, \
      BOUTON_LANES(in, width) d, math::Vector<out, width> * result) {                  \
    store(result, space::name(*a, *b, *c, *d));                                        \
  }

#define BOUTON_LANE_FUNCTION(space, name, in, out, arity)                                       \
  BOUTON_DEFINE_##arity(space, name, in, out, 1) BOUTON_DEFINE_##arity(space, name, in, out, 2) \
      BOUTON_DEFINE_##arity(space, name, in, out, 4)                                            \
          BOUTON_DEFINE_##arity(space, name, in, out, 8)                                        \
              BOUTON_DEFINE_##arity(space, name, in, out, 16)
#define BOUTON_BLOCK_FUNCTION BOUTON_LANE_FUNCTION
#define BOUTON_REAL_FUNCTION(space, name, arity)     \
  BOUTON_LANE_FUNCTION(space, name, f64, f64, arity) \
  BOUTON_LANE_FUNCTION(space, name, f32, f32, arity)

#include "runtime/bitcode/functions.def"

}  // namespace bouton::runtime::bitcode
