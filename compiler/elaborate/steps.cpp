#include "compiler/elaborate/steps.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

namespace bouton::elaborate {

namespace {

// In steps of `Real`, float or double.
template <typename Real>
Outcome<std::int64_t> count_steps(Real duration, Real timestep, source::Span span,
                                  StepLimits limits) {
  if (std::isinf(duration)) return duration > 0 ? kNever : -kNever;
  const Real steps = duration / timestep;
  const Real whole = std::nearbyint(steps);
  if (std::isnan(steps)) return Problem{span, "a duration is not a number", ""};
  const Real size = std::abs(steps);
  if (size > static_cast<Real>(limits.most_steps))
    return Problem{
        span,
        fmt::format("{} ms are more than 2^{} steps", duration, std::ilogb(limits.most_steps)), ""};
  if (std::abs(steps - whole) > static_cast<Real>(limits.tolerance) * std::max(Real{1}, size))
    return Problem{span,
                   fmt::format("{} ms is no whole number of steps of {} ms: it is {} steps",
                               duration, timestep, steps),
                   fmt::format("the nearest are {} ms and {} ms", std::floor(steps) * timestep,
                               std::ceil(steps) * timestep)};
  return static_cast<std::int64_t>(whole);
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

double to_time(std::int64_t steps, double timestep, RealArithmetic arithmetic) {
  if (steps >= kNever / 2) return std::numeric_limits<double>::infinity();
  if (steps <= -kNever / 2) return -std::numeric_limits<double>::infinity();
  return arithmetic.multiply(arithmetic.round(steps), timestep);
}

}  // namespace bouton::elaborate
