// `expect a == b within e`, and any other condition.
#include <optional>
#include <string_view>
#include <utility>

#include "compiler/elaborate/operators.h"
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

// Of a comparison.
std::optional<std::string_view> sign_of(model::BinaryOp op) {
  using Op = model::BinaryOp;
  if (op == Op::Equal) return "==";
  if (op == Op::NotEqual) return "!=";
  if (op == Op::Less) return "<";
  if (op == Op::LessEqual) return "<=";
  if (op == Op::Greater) return ">";
  if (op == Op::GreaterEqual) return ">=";
  return std::nullopt;
}

// With both sides of a comparison, each evaluated once.
Outcome<runtime::ExpectationResult> check_condition(const model::Expr& condition,
                                                    Machine& machine) {
  const auto* binary = std::get_if<model::Binary>(&condition.node);
  const auto sign = binary == nullptr ? std::nullopt : sign_of(binary->op);
  if (!sign) {
    const auto value = elaborate::evaluate(condition, machine.environment);
    if (!value) return value.problem();
    return runtime::expect_truth(*value);
  }
  const auto left = elaborate::evaluate(*binary->left, machine.environment);
  if (!left) return left.problem();
  const auto right = elaborate::evaluate(*binary->right, machine.environment);
  if (!right) return right.problem();
  const auto truth = elaborate::apply_binary(binary->op, *left, *right, condition.span);
  if (!truth) return truth.problem();
  return runtime::expect_comparison(*sign, *left, *right, *truth);
}

}  // namespace

Flow execute_expect(const model::Expect& expect, source::Span span, Machine& machine) {
  if (!expect.expected) {
    auto result = check_condition(expect.actual, machine);
    if (!result) return machine.fail(result.problem());
    machine.results.expectations.push_back(expectation_of(*std::move(result), span));
    return Flow::Next;
  }
  const auto actual = elaborate::evaluate(expect.actual, machine.environment);
  if (!actual) return machine.fail(actual.problem());
  const auto expected = elaborate::evaluate(*expect.expected, machine.environment);
  if (!expected) return machine.fail(expected.problem());
  const auto tolerance = tolerance_of(expect, machine);
  if (!tolerance) return machine.fail(tolerance.problem());
  machine.results.expectations.push_back(
      expectation_of(runtime::compare_with_expected(*actual, *expected, *tolerance), span));
  return Flow::Next;
}

}  // namespace bouton::interpret
