#include "runtime/analysis/expectation.h"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/tensor/elementwise.h"

namespace bouton::runtime {

namespace {

ExpectationResult compare_arrays(const Tensor& actual, const Tensor& expected, double within) {
  const auto difference = largest_difference(actual, expected);
  if (!difference) return {false, difference.error().message};
  return {difference->size <= within,
          fmt::format("largest difference {:.3g} at element {} of {}, allowed {:.3g}",
                      difference->size, difference->position, actual.size(), within)};
}

std::string first_difference(const SpikeList& actual, const SpikeList& expected) {
  for (std::size_t i = 0; i < std::min(actual.size(), expected.size()); ++i)
    if (actual.step[i] != expected.step[i] || actual.neuron[i] != expected.neuron[i])
      return fmt::format("spike {} is (step {}, neuron {}), expected (step {}, neuron {})", i,
                         actual.step[i], actual.neuron[i], expected.step[i], expected.neuron[i]);
  return fmt::format("{} spikes, expected {}", actual.size(), expected.size());
}

}  // namespace

ExpectationResult compare_with_expected(const Value& actual, const Value& expected, double within) {
  const auto* a = actual.as<Tensor>();
  const auto* b = expected.as<Tensor>();
  if (a != nullptr && b != nullptr) return compare_arrays(*a, *b, within);
  const auto* spikes = actual.as<SpikeList>();
  const auto* others = expected.as<SpikeList>();
  if (actual == expected)
    return {true, spikes != nullptr ? fmt::format("all {} spikes equal", spikes->size()) : "equal"};
  if (spikes != nullptr && others != nullptr) return {false, first_difference(*spikes, *others)};
  return {false, fmt::format("{}, expected {}", describe(actual), describe(expected))};
}

ExpectationResult expect_truth(const Value& condition) {
  bool met = false;
  if (const auto* truth = condition.as<bool>()) met = *truth;
  if (const auto* truths = condition.as<Tensor>()) met = all_true(*truths);
  return {met, met ? "true" : "false"};
}

}  // namespace bouton::runtime
