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

// A scalar stands beside every element of the other side.
double number_at(const Tensor& tensor, std::size_t position) {
  return tensor.is_scalar() ? tensor.scalar() : tensor[position];
}

std::size_t telling_element(const Tensor& left, const Tensor& right, const Value& truth,
                            std::size_t size) {
  if (const auto* truths = truth.as<Tensor>())
    for (std::size_t i = 0; i < truths->size(); ++i)
      if ((*truths)[i] == 0) return i;
  std::size_t closest = 0;
  const auto distance = [&](std::size_t i) {
    return std::abs(number_at(left, i) - number_at(right, i));
  };
  for (std::size_t i = 1; i < size; ++i)
    if (distance(i) < distance(closest)) closest = i;
  return closest;
}

}  // namespace

ExpectationResult expect_comparison(std::string_view op, const Value& left, const Value& right,
                                    const Value& truth) {
  ExpectationResult result{is_met(truth), "", describe(left), describe(right)};
  const auto* a = left.as<Tensor>();
  const auto* b = right.as<Tensor>();
  const std::size_t size = a != nullptr && b != nullptr ? std::max(a->size(), b->size()) : 0;
  if (size > 0 && std::min(a->size(), b->size()) > 0) {
    const std::size_t position = telling_element(*a, *b, truth, size);
    const double x = number_at(*a, position);
    const double y = number_at(*b, position);
    result.actual = fmt::format("{:.6g}", x);
    result.expected = fmt::format("{:.6g}", y);
    result.difference = fmt::format("{:.3g}", std::abs(x - y));
    if (size > 1) result.actual += fmt::format(" at {} of {}", position, size);
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
