#include "compiler/lower/exact_sum.h"

#include "runtime/math/fixed_point.h"

namespace bouton::lower {

using plan::OpCode;

namespace {

// Terms and their sum lie below it.
constexpr double kLimit = runtime::math::fixed44_limit;

plan::ValueId lies_within_limit(plan::KernelBuilder& k, plan::ValueId number) {
  return k.op(OpCode::And, k.op(OpCode::LessEqualReal, k.real(-kLimit), number),
              k.op(OpCode::LessReal, number, k.real(kLimit)));
}

plan::ValueId weighted_psp(plan::KernelBuilder& k, const plan::Operand& weights, double height) {
  const plan::ValueId weight = k.load(weights);
  return k.op(OpCode::MultiplyReal, weight, k.real(height));
}

}  // namespace

ExactSum::ExactSum(plan::KernelBuilder& kernel, const ProjectionParts& parts, double height)
    : k_(kernel),
      parts_(parts),
      weighted_(weighted_psp(k_, parts.weight, height)),
      fits_(lies_within_limit(k_, weighted_)) {}

plan::ValueId ExactSum::term(plan::Type type, std::optional<plan::ValueId> times) const {
  const plan::ValueId fixed = k_.op_as(type, OpCode::RoundToFixed, weighted_);
  return times ? k_.op(OpCode::ScaleFixed, fixed, *times) : fixed;
}

void ExactSum::add(plan::ValueId where, std::optional<plan::ValueId> times) const {
  const auto reduce = [&](plan::ColumnId into, plan::ValueId value) {
    k_.reduce_where(into, where, value, {parts_.pre}, plan::Order::Exact);
  };
  const plan::ValueId exact = term(plan::kInputFixed, times);
  const plan::ValueId rough = term(plan::kCheckFixed, times);
  const plan::ValueId unfit = k_.op_as(plan::kI64, OpCode::BoolToInt, k_.op(OpCode::Not, fits_));
  reduce(*parts_.sum, exact);
  reduce(*parts_.check, rough);
  reduce(*parts_.unfit, unfit);
}

Value read_exact_sum(const ProjectionParts& parts, const std::string& name, source::Span span,
                     Emitter& emit) {
  plan::KernelBuilder& k = emit.kernel();
  const plan::ValueId total = k.op(OpCode::FixedToReal, k.load(*parts.sum));
  const plan::ValueId rough = k.op(OpCode::FixedToReal, k.load(*parts.check));
  const plan::ValueId difference = k.op(OpCode::AbsReal, k.op(OpCode::SubtractReal, total, rough));
  const plan::ValueId all_fit = k.op(OpCode::EqualInt, k.load(*parts.unfit), k.whole(0));
  const plan::ValueId is_near = k.op(OpCode::LessReal, difference, k.real(kLimit));
  emit.require(k.op(OpCode::And, all_fit, is_near), {plan::Fault::Kind::Input, name, total}, span);
  return total;
}

}  // namespace bouton::lower
