#include "runtime/analysis/expectation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "runtime/tensor/elementwise.h"

namespace bouton::runtime {

namespace {

// Of a number that stands for every element, the number.
double element_of(const Tensor& tensor, std::size_t position) {
  return tensor.is_scalar() ? tensor.scalar() : tensor[position];
}

// With as many digits as tell one from another.
std::string print_apart(double number, double other) {
  std::string text = fmt::format("{:.6g}", number);
  return text == fmt::format("{:.6g}", other) && number != other ? fmt::format("{}", number) : text;
}

// A difference that is more than what is allowed does not look like it.
std::string print_difference(double size, double within) {
  std::string text = fmt::format("{:.3g}", size);
  return size > within && text == fmt::format("{:.3g}", within) ? fmt::format("{}", size) : text;
}

std::string print_text(const Value& value) {
  const auto* text = value.as<std::string>();
  return text != nullptr ? fmt::format("\"{}\"", *text) : describe(value);
}

ExpectationResult compare_arrays(const Tensor& actual, const Tensor& expected, double within) {
  const auto difference = largest_difference(actual, expected);
  if (!difference)
    return {false, difference.error().message, describe(Value(actual)), describe(Value(expected))};
  ExpectationResult result;
  result.met = difference->size <= within;
  if (actual.size() == 0 || expected.size() == 0)
    return {result.met, "no elements", describe(Value(actual)), describe(Value(expected))};
  const std::size_t place = difference->position;
  const std::size_t elements = std::max(actual.size(), expected.size());
  result.difference = print_difference(difference->size, within);
  result.figures = fmt::format("largest difference {} at element {} of {}, allowed {:.3g}",
                               result.difference, place, elements, within);
  const double seen = element_of(actual, place);
  const double wanted = element_of(expected, place);
  result.actual = print_apart(seen, wanted);
  if (elements > 1) result.actual += fmt::format(" at {} of {}", place, elements);
  result.expected = print_apart(wanted, seen);
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
    result.actual = print_apart(a->scalar(), b->scalar());
    result.expected = print_apart(b->scalar(), a->scalar());
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
  result.actual = print_text(actual);
  result.expected = print_text(expected);
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
