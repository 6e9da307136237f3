#include "compiler/elaborate/steps.h"

#include <cmath>
#include <limits>

#include "runtime/base/run_errors.h"

namespace bouton::elaborate {

namespace {

// In steps of `Real`, float or double.
template <typename Real>
Outcome<std::int64_t> count_steps(Real duration, Real timestep, source::Span span,
                                  StepLimits limits) {
  if (std::isinf(duration)) return duration > 0 ? kNever : -kNever;
  const Real steps = duration / timestep;
  const Real whole = std::nearbyint(steps);
  const Real size = std::abs(steps);
  const Real tolerance = static_cast<Real>(limits.tolerance) * std::max(Real{1}, size);
  if (size <= static_cast<Real>(limits.most_steps) && std::abs(steps - whole) <= tolerance)
    return static_cast<std::int64_t>(whole);
  const runtime::RunError error = runtime::bad_duration(duration, timestep);
  return Problem{span, error.message, error.hint};
}

}  // namespace

Outcome<std::int64_t> to_steps(double duration, double timestep, source::Span span,
                               RealArithmetic arithmetic) {
  return arithmetic.in_type([&](auto zero) {
    using Real = decltype(zero);
    return count_steps(static_cast<Real>(duration), static_cast<Real>(timestep), span,
                       step_limits(arithmetic.precision()));
  });
}

std::string in_steps(std::int64_t steps) {
  return std::to_string(steps) + (steps == 1 || steps == -1 ? " step" : " steps");
}

double to_time(std::int64_t steps, double timestep, RealArithmetic arithmetic) {
  if (steps >= kNever / 2) return std::numeric_limits<double>::infinity();
  if (steps <= -kNever / 2) return -std::numeric_limits<double>::infinity();
  return arithmetic.multiply(arithmetic.round(steps), timestep);
}

}  // namespace bouton::elaborate
