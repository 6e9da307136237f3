#include "compiler/plan/limited_test.h"

#include <algorithm>

namespace bouton::plan {

namespace {

const Op& op_of(const Kernel& kernel, ValueId value) { return kernel.body[value.value]; }

bool reads(const Op& op, ValueId value) { return std::ranges::find(op.in, value) != op.in.end(); }

bool is_read_once(const Kernel& kernel, ValueId value) {
  return std::ranges::count_if(kernel.body, [&](const Op& op) { return reads(op, value); }) == 1;
}

std::optional<double> constant_real(const Kernel& kernel, ValueId value) {
  const Op& op = op_of(kernel, value);
  if (op.code != OpCode::Constant) return std::nullopt;
  const auto* real = std::get_if<double>(&std::get<ConstantAttribute>(op.attribute).value);
  return real == nullptr ? std::nullopt : std::optional(*real);
}

// Holds for all probabilities.
bool compares_with_limits(const Kernel& kernel, const Op& op, ValueId probability) {
  if (op.code != OpCode::LessEqualReal) return false;
  if (op.in[1] == probability) return constant_real(kernel, op.in[0]).value_or(1) <= 0;
  return constant_real(kernel, op.in[1]).value_or(0) >= 1;
}

// Adds whatever reads a probability but the test itself; false where that is more than checks that
// hold for all of them.
bool add_checks(const Kernel& kernel, ValueId probability, ValueId test, std::vector<bool>& found) {
  std::vector<bool> holds(kernel.body.size(), false);
  for (std::uint32_t i = 0; i < kernel.body.size(); ++i) {
    const Op& op = kernel.body[i];
    const auto is_known = [&](ValueId value) { return holds[value.value]; };
    const bool reads_check = std::ranges::any_of(op.in, is_known);
    if (i == test.value || (!reads(op, probability) && !reads_check)) continue;
    if (op.code == OpCode::Require && is_known(op.in[0])) {
      found[i] = true;
      continue;
    }
    const bool checks = op.code == OpCode::And ? std::ranges::all_of(op.in, is_known)
                                               : compares_with_limits(kernel, op, probability);
    if (!checks) return false;
    found[i] = holds[i] = true;
  }
  return true;
}

// Checks in front of the test that are not the probability's, behind those that are: they would
// come first where the test is decided otherwise.
bool has_other_checks_within(const Kernel& kernel, const LimitedTest& test) {
  bool begun = false;
  for (std::uint32_t i = 0; i < test.below.value; ++i) {
    begun = begun || test.exactly[i];
    if (begun && !test.exactly[i] && kernel.body[i].code == OpCode::Require) return true;
  }
  return false;
}

void add_constants(const Kernel& kernel, std::vector<bool>& ops) {
  for (std::size_t i = 0; i < ops.size(); ++i)
    ops[i] = ops[i] || kernel.body[i].code == OpCode::Constant;
}

// By every neuron of the kernel's only axis, in each step.
bool is_drawn_by_step(const Plan& plan, const Kernel& kernel, const Op& op) {
  if (op.code != OpCode::Word || kernel.space.size() != 1 || !kernel.reductions.empty())
    return false;
  const Op& element = op_of(kernel, op.in[0]);
  if (element.code != OpCode::AxisIndex || op_of(kernel, op.in[1]).code != OpCode::Step)
    return false;
  const auto stream = std::get<StreamAttribute>(op.attribute).stream;
  return plan.streams[stream].key == Stream::Key::Step;
}

bool is_logistic(const Op& op) {
  return op.code == OpCode::Math && std::get<FunctionAttribute>(op.attribute).name == "logistic";
}

}  // namespace

std::optional<LimitedTest> find_limited_test(const Plan& plan, const Kernel& kernel) {
  const auto at = std::ranges::find(kernel.body, OpCode::UniformBelow, &Op::code);
  if (at == kernel.body.end() || plan.precision != Precision::Double) return std::nullopt;
  const ValueId below{static_cast<std::uint32_t>(at - kernel.body.begin())};
  const ValueId uniform = at->in[0];
  const ValueId probability = at->in[1];
  if (op_of(kernel, uniform).code != OpCode::UniformOfWord ||
      !is_logistic(op_of(kernel, probability)))
    return std::nullopt;
  const ValueId word = op_of(kernel, uniform).in[0];
  if (!is_drawn_by_step(plan, kernel, op_of(kernel, word)) || !is_read_once(kernel, word) ||
      !is_read_once(kernel, uniform))
    return std::nullopt;
  LimitedTest test{word, op_of(kernel, probability).in[0], below,
                   std::vector<bool>(kernel.body.size(), false)};
  for (const ValueId value : {uniform, probability, below}) test.exactly[value.value] = true;
  if (!add_checks(kernel, probability, below, test.exactly)) return std::nullopt;
  if (has_other_checks_within(kernel, test)) return std::nullopt;
  add_constants(kernel, test.exactly);
  return test;
}

}  // namespace bouton::plan
