// Compiled once per build under test, with BOUTON_PREFIX naming the build.
#include "runtime/math/lanes.h"
#include "tests/unit/bitcode/exports.h"

#define BOUTON_JOIN(prefix, name) prefix##name
#define BOUTON_JOIN_EXPANDED(prefix, name) BOUTON_JOIN(prefix, name)
#define BOUTON_EXPORT(name) BOUTON_JOIN_EXPANDED(BOUTON_PREFIX, name)

namespace bouton::runtime::bitcode::tests {
namespace {

// NOLINTBEGIN(readability-identifier-naming): the spelling of functions.def
using f64 = double;
using f32 = float;
using i64 = std::int64_t;
using u64 = std::uint64_t;
using MASK = std::int64_t;
// NOLINTEND(readability-identifier-naming)

template <class In, class Out>
void call(void (*code)(const In*, Out*), const void* const* in, void* out) {
  code(static_cast<const In*>(in[0]), static_cast<Out*>(out));
}
template <class In, class Out>
void call(void (*code)(const In*, const In*, Out*), const void* const* in, void* out) {
  code(static_cast<const In*>(in[0]), static_cast<const In*>(in[1]), static_cast<Out*>(out));
}
template <class In, class Out>
void call(void (*code)(const In*, const In*, const In*, const In*, Out*), const void* const* in,
          void* out) {
  code(static_cast<const In*>(in[0]), static_cast<const In*>(in[1]), static_cast<const In*>(in[2]),
       static_cast<const In*>(in[3]), static_cast<Out*>(out));
}

}  // namespace

#define BOUTON_LANES(type, width) math::Vector<type, width>
#define BOUTON_ARGUMENTS_1(in, width) const BOUTON_LANES(in, width)*
#define BOUTON_ARGUMENTS_2(in, width) BOUTON_ARGUMENTS_1(in, width), BOUTON_ARGUMENTS_1(in, width)
#define BOUTON_ARGUMENTS_4(in, width) BOUTON_ARGUMENTS_2(in, width), BOUTON_ARGUMENTS_2(in, width)
#define BOUTON_WIDTHS(name, in, out, arity, results) \
  BOUTON_ONE(name, in, out, arity, 1, results)       \
  BOUTON_ONE(name, in, out, arity, 2, results)       \
  BOUTON_ONE(name, in, out, arity, 4, results)       \
  BOUTON_ONE(name, in, out, arity, 8, results)       \
  BOUTON_ONE(name, in, out, arity, 16, results)

#define BOUTON_REAL_FUNCTION(space, name, arity)     \
  BOUTON_LANE_FUNCTION(space, name, f64, f64, arity) \
  BOUTON_LANE_FUNCTION(space, name, f32, f32, arity)
#define BOUTON_LANE_FUNCTION(space, name, in, out, arity) BOUTON_WIDTHS(name, in, out, arity, 1)
#define BOUTON_BLOCK_FUNCTION(space, name, in, out, arity) BOUTON_WIDTHS(name, in, out, arity, 4)
#define BOUTON_ONE(name, in, out, arity, width, results)                                    \
  extern "C" void BOUTON_EXPORT(name##_##in##x##width)(BOUTON_ARGUMENTS_##arity(in, width), \
                                                       BOUTON_LANES(out, width)*);
#include "runtime/bitcode/functions.def"
#undef BOUTON_ONE

#define BOUTON_REAL_FUNCTION(space, name, arity)     \
  BOUTON_LANE_FUNCTION(space, name, f64, f64, arity) \
  BOUTON_LANE_FUNCTION(space, name, f32, f32, arity)
#define BOUTON_LANE_FUNCTION(space, name, in, out, arity) BOUTON_WIDTHS(name, in, out, arity, 1)
#define BOUTON_BLOCK_FUNCTION(space, name, in, out, arity) BOUTON_WIDTHS(name, in, out, arity, 4)
#define BOUTON_ONE(name, in, out, arity, width, results)                                     \
  {#name, #in, #out, arity, width, results, [](const void* const* arguments, void* result) { \
     call(BOUTON_EXPORT(name##_##in##x##width), arguments, result);                          \
   }},

std::span<const Export> BOUTON_EXPORT(exports)() {
  static const Export table[] = {
#include "runtime/bitcode/functions.def"
  };
  return table;
}

}  // namespace bouton::runtime::bitcode::tests
