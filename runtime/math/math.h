// The one source of transcendental functions in Bouton: interpreter, generated code and runtime all
// compute with these templates (generated code with their bitcode, runtime/bitcode), because libm
// gives other bits on other systems. Every function takes float, double or a GCC vector of either,
// and is exact to 2 units in the last place (tests/unit/math).
#pragma once

#include "runtime/math/exp.h"       // IWYU pragma: export
#include "runtime/math/log.h"       // IWYU pragma: export
#include "runtime/math/plain.h"     // IWYU pragma: export
#include "runtime/math/pow.h"       // IWYU pragma: export
#include "runtime/math/quantile.h"  // IWYU pragma: export
#include "runtime/math/sigmoid.h"   // IWYU pragma: export
#include "runtime/math/trig.h"      // IWYU pragma: export
