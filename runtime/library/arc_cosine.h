// The angle whose cosine is given, which the math header does not have because no neuron needs it.
#pragma once

namespace bouton::runtime {

// In radians, 0 to pi, for -1 <= x <= 1; relative error below 1e-15. arccos x = 2 arctan(sqrt((1 -
// x)/(1 + x))), with arctan from its series after three halvings of the angle: + - * / and square
// roots only, so the same bits everywhere.
[[nodiscard]] double arc_cosine(double x);

}  // namespace bouton::runtime
