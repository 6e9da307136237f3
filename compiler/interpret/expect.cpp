// `expect a == b within e`, and any other condition.
#include <fmt/format.h>

#include "compiler/interpret/machine.h"
#include "runtime/tensor/elementwise.h"

namespace bouton::interpret {

namespace {

using runtime::Tensor;
using runtime::Value;

Outcome<double> tolerance_of(const model::Expect& expect, Machine& machine) {
  if (!expect.within) return 0.0;
  return elaborate::evaluate_number(*expect.within, machine.environment);
}

Expectation compare_tensors(const Tensor& actual, const Tensor& expected, double tolerance,
                            source::Span span) {
  const auto difference = runtime::largest_difference(actual, expected);
  if (!difference) return {span, false, difference.error().message};
  return {span, difference->size <= tolerance,
          fmt::format("largest difference {:.3g} at element {} of {}, allowed {:.3g}",
                      difference->size, difference->position, actual.size(), tolerance)};
}

std::string first_difference(const runtime::SpikeList& a, const runtime::SpikeList& b) {
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
    if (a.step[i] != b.step[i] || a.neuron[i] != b.neuron[i])
      return fmt::format("spike {} is (step {}, neuron {}), expected (step {}, neuron {})", i,
                         a.step[i], a.neuron[i], b.step[i], b.neuron[i]);
  return fmt::format("{} spikes, expected {}", a.size(), b.size());
}

Expectation compare_values(const Value& actual, const Value& expected, double tolerance,
                           source::Span span) {
  const auto* a = actual.as<Tensor>();
  const auto* b = expected.as<Tensor>();
  if (a != nullptr && b != nullptr) return compare_tensors(*a, *b, tolerance, span);
  const auto* spikes = actual.as<runtime::SpikeList>();
  const auto* others = expected.as<runtime::SpikeList>();
  if (actual == expected)
    return {span, true, spikes ? fmt::format("all {} spikes equal", spikes->size()) : "equal"};
  if (spikes != nullptr && others != nullptr)
    return {span, false, first_difference(*spikes, *others)};
  return {span, false,
          fmt::format("{}, expected {}", runtime::describe(actual), runtime::describe(expected))};
}

}  // namespace

Flow execute_expect(const model::Expect& expect, source::Span span, Machine& machine) {
  const auto actual = elaborate::evaluate(expect.actual, machine.environment);
  if (!actual) return machine.fail(actual.problem());
  if (!expect.expected) {
    const auto truth = elaborate::truth_of(*actual);
    machine.results.expectations.push_back(
        {span, truth.value_or(false), truth.value_or(false) ? "true" : "false"});
    return Flow::Next;
  }
  const auto expected = elaborate::evaluate(*expect.expected, machine.environment);
  if (!expected) return machine.fail(expected.problem());
  const auto tolerance = tolerance_of(expect, machine);
  if (!tolerance) return machine.fail(tolerance.problem());
  machine.results.expectations.push_back(compare_values(*actual, *expected, *tolerance, span));
  return Flow::Next;
}

}  // namespace bouton::interpret
