#include "runtime/base/run_errors.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

namespace bouton::runtime {

namespace {

// Without the sign of what is no number, which processors choose as they like.
double shown(double number) {
  return std::isnan(number) ? std::numeric_limits<double>::quiet_NaN() : number;
}

template <typename Real>
RunError describe_duration(Real duration, Real timestep) {
  const Real steps = duration / timestep;
  if (std::isnan(steps)) return {"a duration is not a number", ""};
  if (std::isinf(steps)) return {"a duration is infinite", ""};
  constexpr int kDigits = std::numeric_limits<Real>::digits;
  if (std::abs(steps) > static_cast<Real>(std::int64_t{1} << kDigits))
    return {fmt::format("{} ms are more than 2^{} steps", duration, kDigits), ""};
  return {fmt::format("{} ms is no whole number of steps of {} ms: it is {} steps", duration,
                      timestep, steps),
          fmt::format("the nearest are {} ms and {} ms", std::floor(steps) * timestep,
                      std::ceil(steps) * timestep)};
}

}  // namespace

RunError bad_spike_probability(double probability) {
  if (std::isnan(probability)) return {"the spike probability is not a number", ""};
  return {fmt::format("the spike probability is {}, outside of [0, 1]", probability), ""};
}

RunError bad_spike_rate(double spikes_per_step) {
  if (std::isnan(spikes_per_step)) return {"the spike rate is not a number", ""};
  if (spikes_per_step > 0.0)
    return {fmt::format("the spike rate is {} per step: positive, but too small to count",
                        spikes_per_step),
            "rates are counted in 2^-40 per step: write 0 where such a rate means never, as in "
            "`spike at rate if r*timestep < 1e-12: 0 else: r`"};
  return {fmt::format("the spike rate is {} per step: it must be a number of at least 0",
                      spikes_per_step),
          ""};
}

RunError input_out_of_range(const std::string& projection) {
  return {
      fmt::format("the input through `{}` is too large, or not a number", short_name(projection)),
      "weights times `psp`, and their sum, must lie in [-2^19, 2^19); a weight is not a number "
      "where a rule or an assignment has computed 0/0 or the root of a negative number"};
}

RunError tape_ends(const std::string& population, std::int64_t row) {
  return {fmt::format("the tape of `{}.spike` ends before row {}", short_name(population), row),
          "rows count from 0; each draw of a neuron takes the next"};
}

RunError bad_duration(double duration, double timestep) {
  return describe_duration(duration, timestep);
}

RunError bad_duration(float duration, float timestep) {
  return describe_duration(duration, timestep);
}

std::string short_name(const std::string& qualified) {
  return qualified.substr(qualified.rfind('/') + 1);
}

RunError located(RunError error, const Element& element, std::int64_t step) {
  const std::string owner = short_name(element.owner);
  std::string where = fmt::format("in step {}", step);
  if (element.index != Element::kNone && element.pre == Element::kNone)
    where = fmt::format("neuron `{}[{}]`, {}", owner, element.index, where);
  else if (element.index != Element::kNone)
    where = fmt::format("synapse {} <- {} of `{}`, {}", element.index, element.pre, owner, where);
  error.message += fmt::format(" ({})", where);
  return error;
}

RunError run_too_short(std::int64_t steps) {
  return {fmt::format("a run takes at least one step, but this is {}", steps), ""};
}

RunError weight_is_no_number() {
  return {"a weight is not a number at the end of this run",
          "0/0, infinity - infinity, the root or logarithm of a negative number: a rule or an "
          "assignment has computed one of these"};
}

RunError state_is_no_number(const std::string& state) {
  return {fmt::format("`{}` is not a number at the end of this run", state),
          "0/0, infinity - infinity, the root or logarithm of a negative number: an equation, an "
          "assignment or an initial value has computed one of these; a state that grows without "
          "end does too, as with Euler's method where the timestep is too long"};
}

RunError every_too_small(std::int64_t count) {
  return {fmt::format("`every` needs a count of 1 or more, but this is {}", count), ""};
}

RunError period_too_short(std::int64_t steps) {
  return {fmt::format("a period takes at least one step, but this is {}", steps), ""};
}

RunError start_before_run(std::int64_t steps) {
  return {fmt::format("an observation cannot start before the run, but this is {} steps", steps),
          ""};
}

RunError lag_before_run(std::int64_t steps) {
  return {fmt::format("a rule cannot begin to learn before the run, but this is {} {}", steps,
                      steps == -1 ? "step" : "steps"),
          ""};
}

RunError nothing_observed() {
  return {"nothing was observed: the run is too short for it",
          "`after` must be less than the duration of the run"};
}

RunError bad_sum_of_weights(double to) {
  return {fmt::format("weights cannot be normalised to {}: no sum of absolute values is", to), ""};
}

RunError bad_clip_range(double low, double high) {
  const bool numbers = !std::isnan(low) && !std::isnan(high);
  return {fmt::format("the range {} .. {} to clip to {}", shown(low), shown(high),
                      numbers ? "is empty" : "has a bound that is no number"),
          ""};
}

RunError time_constant_not_positive(const std::string& name, double milliseconds) {
  return {fmt::format("the time constant `{}` must be positive, but it is {} ms", name,
                      shown(milliseconds)),
          milliseconds < 0.0 ? fmt::format("did you mean `{} ms`?", -milliseconds)
                             : "a time constant is a positive time, such as `10 ms`"};
}

RunError wrong_parts(const std::string& item, std::size_t wanted) {
  return {fmt::format("each item must have {} parts, but this is {}", wanted, item), ""};
}

RunError wrong_shape(const std::string& value, const std::string& shape) {
  return {fmt::format("expected one number or an array of shape {}, but this is {}", shape, value),
          "an array has one number for each; a single number is for all of them"};
}

RunError not_whole(const std::string& variable, double number) {
  return {fmt::format("`{}` holds whole numbers of 64 bits, and cannot hold {}", variable, number),
          ""};
}

RunError no_such_member(const std::string& member) {
  return {fmt::format("there is no `{}`", member), ""};
}

RunError not_of_member(const std::string& member, const std::string& variable) {
  return {fmt::format("`{}.{}` cannot be used here", member, variable), ""};
}

RunError wrong_tape(const std::string& value, std::int64_t neurons) {
  return {fmt::format("a tape for {} neurons is an array of shape [rows, {}], but this is {}",
                      neurons, neurons, value),
          ""};
}

RunError bad_tape_value(std::int64_t row, std::int64_t neuron, double value) {
  return {
      fmt::format("a tape of spikes holds uniform numbers in [0, 1], but this one has {} in row "
                  "{}, for neuron {}",
                  value, row, neuron),
      "a neuron spikes where its number is below its probability: not where it is 1"};
}

RunError tape_too_short(std::int64_t rows, std::int64_t needed) {
  return {fmt::format("the tape has {} rows, but the run needs {}", rows, needed),
          "a tape needs one row for every step"};
}

}  // namespace bouton::runtime
