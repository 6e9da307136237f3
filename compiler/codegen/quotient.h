// Quotients of reals.
//
// Note [Dividing whole numbers by a constant]. A window divides the interval of a pair, a whole
// number of steps, by its length. The machine's division takes as long as ten multiplications. For
// a divisor c of few significant bits the quotient x/c comes out the same from y = RN(1/c):
//
//   q = RN(x y)   r = fma(-q, c, x)   RN(x/c) = fma(r, y, q)
//
// (Markstein 1990). q is off by less than 1.5 units in the last place, so r is exact (c leaves room
// for it), and q + r y differs from x/c by less than 2^-p of that unit, p being the precision. x/c
// is no midpoint of two neighbouring numbers (c times one would have more than p bits), and by c's
// few bits it is further away from any than that. Zero gives zero; nothing is near the ends of the
// range. The machine must have fma.
#pragma once

#include "compiler/codegen/emission.h"

namespace bouton::codegen {

// a/b, correctly rounded.
[[nodiscard]] llvm::Value* emit_quotient(Emission& e, llvm::Value* a, llvm::Value* b);

}  // namespace bouton::codegen
