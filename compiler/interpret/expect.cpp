// `expect a == b within e`, and any other condition.
#include <utility>

#include "compiler/interpret/machine.h"
#include "runtime/analysis/expectation.h"

namespace bouton::interpret {

namespace {

Outcome<double> tolerance_of(const model::Expect& expect, Machine& machine) {
  if (!expect.within) return 0.0;
  return elaborate::evaluate_number(*expect.within, machine.environment);
}

Expectation expectation_of(runtime::ExpectationResult result, source::Span span) {
  return {span, result.met, std::move(result.figures)};
}

}  // namespace

Flow execute_expect(const model::Expect& expect, source::Span span, Machine& machine) {
  const auto actual = elaborate::evaluate(expect.actual, machine.environment);
  if (!actual) return machine.fail(actual.problem());
  if (!expect.expected) {
    machine.results.expectations.push_back(expectation_of(runtime::expect_truth(*actual), span));
    return Flow::Next;
  }
  const auto expected = elaborate::evaluate(*expect.expected, machine.environment);
  if (!expected) return machine.fail(expected.problem());
  const auto tolerance = tolerance_of(expect, machine);
  if (!tolerance) return machine.fail(tolerance.problem());
  machine.results.expectations.push_back(
      expectation_of(runtime::compare_with_expected(*actual, *expected, *tolerance), span));
  return Flow::Next;
}

}  // namespace bouton::interpret
