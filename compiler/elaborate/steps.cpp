#include "compiler/elaborate/steps.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

namespace bouton::elaborate {

namespace {

constexpr double kTolerance = 1e-9;  // in steps, relative to the number of steps beyond one
constexpr double kMostSteps = 9007199254740992.0;  // 2^53: every step has its own double

}  // namespace

Outcome<std::int64_t> to_steps(double duration, double timestep, source::Span span) {
  if (std::isinf(duration)) return duration > 0 ? kNever : -kNever;
  const double steps = duration / timestep;
  const double whole = std::nearbyint(steps);
  if (std::isnan(steps)) return Problem{span, "a duration is not a number", ""};
  if (std::abs(steps) > kMostSteps)
    return Problem{span, fmt::format("{} ms are more than 2^53 steps", duration), ""};
  if (std::abs(steps - whole) > kTolerance * std::max(1.0, std::abs(steps)))
    return Problem{span,
                   fmt::format("{} ms is no whole number of steps of {} ms: it is {} steps",
                               duration, timestep, steps),
                   fmt::format("the nearest are {} ms and {} ms", std::floor(steps) * timestep,
                               std::ceil(steps) * timestep)};
  return static_cast<std::int64_t>(whole);
}

double to_time(std::int64_t steps, double timestep) {
  if (steps >= kNever / 2) return std::numeric_limits<double>::infinity();
  if (steps <= -kNever / 2) return -std::numeric_limits<double>::infinity();
  return static_cast<double>(steps) * timestep;
}

}  // namespace bouton::elaborate
