// What can go wrong while an experiment runs, in words, so that interpreter and compiled programs
// say the same. Whoever reports one knows the place in the text and adds it.
#pragma once

#include <cstdint>
#include <string>

namespace bouton::runtime {

struct RunError {
  std::string message;
  std::string hint;
};

// Within a step
// ---------------------------------------------------------------------------------------------

[[nodiscard]] RunError bad_spike_probability(double probability);
[[nodiscard]] RunError bad_spike_rate(double spikes_per_step);
[[nodiscard]] RunError input_out_of_range(const std::string& projection);
// `row` counts from 0.
[[nodiscard]] RunError tape_ends(const std::string& population, std::int64_t row);
// A duration (ms) that is no number of steps; also between steps.
[[nodiscard]] RunError bad_duration(double duration, double timestep);
[[nodiscard]] RunError bad_duration(float duration, float timestep);  // in single precision

// Where in the network something went wrong: a neuron of a population, or a synapse of a
// projection, by its indices there.
struct Element {
  static constexpr std::int64_t kNone = -1;
  std::string owner;           // qualified name, "Experiment/W"
  std::int64_t index = kNone;  // neuron, or the synapse's postsynaptic neuron
  std::int64_t pre = kNone;    // only of a synapse
};

// The message with the element, if it is known, and the step k.
[[nodiscard]] RunError located(RunError error, const Element& element, std::int64_t step);

// "W" of "Experiment/W"
[[nodiscard]] std::string short_name(const std::string& qualified);

// Of statements
// ---------------------------------------------------------------------------------------------

[[nodiscard]] RunError run_too_short(std::int64_t steps);
// At the end of a run.
[[nodiscard]] RunError weight_is_no_number();
[[nodiscard]] RunError state_is_no_number(const std::string& state);
[[nodiscard]] RunError every_too_small(std::int64_t count);
[[nodiscard]] RunError period_too_short(std::int64_t steps);
[[nodiscard]] RunError start_before_run(std::int64_t steps);
[[nodiscard]] RunError lag_before_run(std::int64_t steps);
[[nodiscard]] RunError nothing_observed();
[[nodiscard]] RunError bad_sum_of_weights(double to);  // of absolute values: negative, or no number
[[nodiscard]] RunError bad_clip_range(double low, double high);  // empty, or a bound is no number
// A time constant that is assigned. `name` with the element, if it is one: `z.tau[1]`.
[[nodiscard]] RunError time_constant_not_positive(const std::string& name, double milliseconds);
[[nodiscard]] RunError wrong_parts(const std::string& item, std::size_t wanted);
[[nodiscard]] RunError wrong_shape(const std::string& value, const std::string& shape);
[[nodiscard]] RunError not_whole(const std::string& variable, double number);
[[nodiscard]] RunError no_such_member(const std::string& member);
[[nodiscard]] RunError not_of_member(const std::string& member, const std::string& variable);
[[nodiscard]] RunError wrong_tape(const std::string& value, std::int64_t neurons);
// Of the draws of spikes, which are uniform numbers.
[[nodiscard]] RunError bad_tape_value(std::int64_t row, std::int64_t neuron, double value);
[[nodiscard]] RunError tape_too_short(std::int64_t rows, std::int64_t needed);

}  // namespace bouton::runtime
