#include "runtime/analysis/expectation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "runtime/tensor/elementwise.h"

namespace bouton::runtime {

namespace {

std::string element_of(const Tensor& tensor, std::size_t position) {
  return position < tensor.size() ? fmt::format("{:.6g}", tensor[position]) : "nothing";
}

ExpectationResult compare_arrays(const Tensor& actual, const Tensor& expected, double within) {
  const auto difference = largest_difference(actual, expected);
  if (!difference)
    return {false, difference.error().message, describe(Value(actual)), describe(Value(expected))};
  ExpectationResult result;
  result.met = difference->size <= within;
  result.figures = fmt::format("largest difference {:.3g} at element {} of {}, allowed {:.3g}",
                               difference->size, difference->position, actual.size(), within);
  result.actual = element_of(actual, difference->position);
  if (actual.size() > 1)
    result.actual += fmt::format(" at {} of {}", difference->position, actual.size());
  result.expected = element_of(expected, difference->position);
  result.difference = fmt::format("{:.3g}", difference->size);
  result.allowed = within > 0.0 ? fmt::format("{:.3g}", within) : "none";
  return result;
}

std::string first_difference(const SpikeList& actual, const SpikeList& expected) {
  for (std::size_t i = 0; i < std::min(actual.size(), expected.size()); ++i)
    if (actual.step[i] != expected.step[i] || actual.neuron[i] != expected.neuron[i])
      return fmt::format("spike {} is (step {}, neuron {}), expected (step {}, neuron {})", i,
                         actual.step[i], actual.neuron[i], expected.step[i], expected.neuron[i]);
  return fmt::format("{} spikes, expected {}", actual.size(), expected.size());
}

bool is_met(const Value& condition) {
  if (const auto* truth = condition.as<bool>()) return *truth;
  const auto* truths = condition.as<Tensor>();
  return truths != nullptr && all_true(*truths);
}

}  // namespace

ExpectationResult expect_comparison(std::string_view op, const Value& left, const Value& right,
                                    const Value& truth) {
  ExpectationResult result{is_met(truth), "", describe(left), describe(right)};
  const auto* a = left.as<Tensor>();
  const auto* b = right.as<Tensor>();
  if (a != nullptr && b != nullptr && a->is_scalar() && b->is_scalar()) {
    result.actual = fmt::format("{:.6g}", a->scalar());
    result.expected = fmt::format("{:.6g}", b->scalar());
    result.difference = fmt::format("{:.3g}", std::abs(a->scalar() - b->scalar()));
  }
  if (const auto* text = left.as<std::string>()) result.actual = *text;
  if (const auto* text = right.as<std::string>()) result.expected = *text;
  result.expected = fmt::format("{} {}", op, result.expected);
  result.figures = fmt::format("{}, expected {}", result.actual, result.expected);
  return result;
}

ExpectationResult compare_with_expected(const Value& actual, const Value& expected, double within) {
  const auto* a = actual.as<Tensor>();
  const auto* b = expected.as<Tensor>();
  if (a != nullptr && b != nullptr) return compare_arrays(*a, *b, within);
  const auto* spikes = actual.as<SpikeList>();
  const auto* others = expected.as<SpikeList>();
  ExpectationResult result;
  result.met = actual == expected;
  result.actual = describe(actual);
  result.expected = describe(expected);
  result.allowed = "none";
  if (result.met)
    result.figures =
        spikes != nullptr ? fmt::format("all {} spikes equal", spikes->size()) : "equal";
  else if (spikes != nullptr && others != nullptr)
    result.figures = result.difference = first_difference(*spikes, *others);
  else
    result.figures = fmt::format("{}, expected {}", result.actual, result.expected);
  return result;
}

ExpectationResult expect_truth(const Value& condition) {
  const bool met = is_met(condition);
  const std::string truth = met ? "true" : "false";
  return {met, truth, truth, "true"};
}

}  // namespace bouton::runtime
