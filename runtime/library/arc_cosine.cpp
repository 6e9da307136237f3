#include "runtime/library/arc_cosine.h"

#include <numbers>

#include "runtime/math/math.h"

namespace bouton::runtime {
namespace {

// For 0 <= t <= 1. Each halving takes tan(a) to tan(a/2); after three, t <= tan(pi/32) and the
// series to t^23 is exact to 1e-25.
double arc_tangent(double t) {
  constexpr int kHalvings = 3;
  for (int i = 0; i < kHalvings; ++i) t = t / (1.0 + math::sqrt(1.0 + t * t));
  const double square = t * t;
  double series = 0.0;
  for (int power = 23; power >= 1; power -= 2) series = 1.0 / power - square * series;
  return 8.0 * t * series;
}

}  // namespace

double arc_cosine(double x) {
  if (x < 0.0) return std::numbers::pi - arc_cosine(-x);
  return 2.0 * arc_tangent(math::sqrt((1.0 - x) / (1.0 + x)));
}

}  // namespace bouton::runtime
