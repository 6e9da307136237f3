#include "compiler/interpret/hazard_clock.h"

#include "runtime/math/fixed_point.h"
#include "runtime/random/hazard.h"

namespace bouton::interpret {

bool is_hazard_gain(double rate_per_step) { return runtime::math::is_hazard_gain(rate_per_step); }

std::int64_t hazard_gain(double rate_per_step) { return runtime::math::to_fixed40(rate_per_step); }

std::int64_t hazard_threshold(double uniform) { return runtime::random::hazard_threshold(uniform); }

}  // namespace bouton::interpret
