#include "compiler/lower/emitter.h"

#include <limits>
#include <optional>

#include "compiler/base/check.h"
#include "compiler/elaborate/scalar_call.h"
#include "compiler/elaborate/steps.h"
#include "compiler/model/compare.h"

namespace bouton::lower {

namespace {

using model::BinaryOp;
using plan::OpCode;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

double fold(BinaryOp op, double left, double right, elaborate::RealArithmetic arithmetic) {
  switch (op) {
    case BinaryOp::Add:
      return arithmetic.add(left, right);
    case BinaryOp::Subtract:
      return arithmetic.subtract(left, right);
    case BinaryOp::Multiply:
      return arithmetic.multiply(left, right);
    case BinaryOp::Divide:
      return arithmetic.divide(left, right);
    case BinaryOp::Modulo:
      return arithmetic.modulo(left, right);
    case BinaryOp::Power:
      return arithmetic.power(left, right);
    default:
      BOUTON_UNREACHABLE("arithmetic operator");
  }
}

OpCode real_op(BinaryOp op) {
  switch (op) {
    case BinaryOp::Add:
      return OpCode::AddReal;
    case BinaryOp::Subtract:
      return OpCode::SubtractReal;
    case BinaryOp::Multiply:
      return OpCode::MultiplyReal;
    case BinaryOp::Divide:
      return OpCode::DivideReal;
    case BinaryOp::Modulo:
      return OpCode::ModuloReal;
    default:
      BOUTON_UNREACHABLE("arithmetic operator");
  }
}

template <typename Number>
bool fold_comparison(BinaryOp op, Number left, Number right) {
  const std::optional<bool> truth = model::compare(op, left, right);
  BOUTON_CHECK(truth.has_value(), "comparison operator");
  return *truth;
}

struct ComparisonOps {
  OpCode equal, not_equal, less, less_equal;
};
constexpr ComparisonOps kRealComparisons{OpCode::EqualReal, OpCode::NotEqualReal, OpCode::LessReal,
                                         OpCode::LessEqualReal};
constexpr ComparisonOps kIntComparisons{OpCode::EqualInt, OpCode::NotEqualInt, OpCode::LessInt,
                                        OpCode::LessEqualInt};

plan::ValueId emit_comparison(plan::KernelBuilder& kernel, const ComparisonOps& ops, BinaryOp op,
                              plan::ValueId left, plan::ValueId right) {
  switch (op) {
    case BinaryOp::Equal:
      return kernel.op(ops.equal, left, right);
    case BinaryOp::NotEqual:
      return kernel.op(ops.not_equal, left, right);
    case BinaryOp::Less:
      return kernel.op(ops.less, left, right);
    case BinaryOp::LessEqual:
      return kernel.op(ops.less_equal, left, right);
    case BinaryOp::Greater:
      return kernel.op(ops.less, right, left);
    case BinaryOp::GreaterEqual:
      return kernel.op(ops.less_equal, right, left);
    default:
      BOUTON_UNREACHABLE("comparison operator");
  }
}

// The name in the math header where it is another one.
std::string math_name(std::string_view builtin) {
  return builtin == "ln" ? "log" : std::string(builtin);
}

}  // namespace

plan::ValueId Emitter::as_operand(const Value& value, model::Kind kind) {
  if (kind == model::Kind::Boolean) return truth(value);
  return kind == model::Kind::Steps ? steps(value) : real(value);
}

plan::ValueId Emitter::real(const Value& value) {
  if (const auto* id = constant_of<plan::ValueId>(value)) return *id;
  return kernel_.real(std::get<double>(value));
}

plan::ValueId Emitter::steps(const Value& value) {
  if (const auto* id = constant_of<plan::ValueId>(value)) return *id;
  return kernel_.whole(std::get<std::int64_t>(value));
}

plan::ValueId Emitter::truth(const Value& value) {
  if (const auto* id = constant_of<plan::ValueId>(value)) return *id;
  return kernel_.truth(std::get<bool>(value));
}

Value Emitter::calculate(BinaryOp op, const Value& left, const Value& right) {
  const auto* a = constant_of<double>(left);
  const auto* b = constant_of<double>(right);
  if (a != nullptr && b != nullptr) return fold(op, *a, *b, arithmetic_);
  const plan::ValueId x = real(left);
  const plan::ValueId y = real(right);
  return op == BinaryOp::Power ? kernel_.math("pow", x, y) : kernel_.op(real_op(op), x, y);
}

Value Emitter::negate(const Value& operand) {
  if (const auto* number = constant_of<double>(operand)) return -*number;
  return kernel_.op(OpCode::NegateReal, real(operand));
}

Value Emitter::call(std::string_view builtin, const std::vector<Value>& arguments) {
  const auto* first = constant_of<double>(arguments[0]);
  const auto* second = constant_of<double>(arguments.back());
  if (first != nullptr && second != nullptr)
    return elaborate::call_scalar_builtin(builtin, *first, *second, arithmetic_);
  const plan::ValueId x = real(arguments[0]);
  if (arguments.size() == 2) return kernel_.math(math_name(builtin), x, real(arguments[1]));
  if (builtin == "abs") return kernel_.op(OpCode::AbsReal, x);
  if (builtin == "sqrt") return kernel_.op(OpCode::SqrtReal, x);
  if (builtin == "floor") return kernel_.op(OpCode::FloorReal, x);
  if (builtin == "round") return kernel_.op(OpCode::RoundReal, x);
  return kernel_.math(math_name(builtin), x);
}

Value Emitter::number_of_truth(const Value& condition) {
  if (const auto* known = constant_of<bool>(condition)) return *known ? 1.0 : 0.0;
  return kernel_.op(OpCode::BoolToReal, truth(condition));
}

Value Emitter::combine_steps(BinaryOp op, const Value& left, const Value& right) {
  BOUTON_CHECK(op == BinaryOp::Add || op == BinaryOp::Subtract, "steps are added and subtracted");
  const auto* a = constant_of<std::int64_t>(left);
  const auto* b = constant_of<std::int64_t>(right);
  if (a != nullptr && b != nullptr) return op == BinaryOp::Add ? *a + *b : *a - *b;
  const plan::ValueId x = steps(left);
  const plan::ValueId y = steps(right);
  return kernel_.op(op == BinaryOp::Add ? OpCode::AddInt : OpCode::SubtractInt, x, y);
}

Value Emitter::negate_steps(const Value& operand) {
  if (const auto* known = constant_of<std::int64_t>(operand)) return -*known;
  return kernel_.op(OpCode::NegateInt, steps(operand));
}

Value Emitter::call_on_steps(std::string_view builtin, const std::vector<Value>& arguments) {
  const plan::ValueId first = steps(arguments[0]);
  if (builtin == "abs") return kernel_.op(OpCode::AbsInt, first);
  const plan::ValueId second = steps(arguments[1]);
  if (builtin == "min") return kernel_.op(OpCode::MinInt, first, second);
  BOUTON_CHECK(builtin == "max", "a function that has no form for whole steps");
  return kernel_.op(OpCode::MaxInt, first, second);
}

Value Emitter::compare(BinaryOp op, const Value& left, const Value& right) {
  const auto* a = constant_of<double>(left);
  const auto* b = constant_of<double>(right);
  if (a != nullptr && b != nullptr) return fold_comparison(op, *a, *b);
  const plan::ValueId x = real(left);
  return emit_comparison(kernel_, kRealComparisons, op, x, real(right));
}

Value Emitter::compare_steps(BinaryOp op, const Value& left, const Value& right) {
  const auto* a = constant_of<std::int64_t>(left);
  const auto* b = constant_of<std::int64_t>(right);
  if (a != nullptr && b != nullptr) return fold_comparison(op, *a, *b);
  const plan::ValueId x = steps(left);
  return emit_comparison(kernel_, kIntComparisons, op, x, steps(right));
}

Value Emitter::both(const Value& left, const Value& right) {
  if (const auto* known = constant_of<bool>(left)) return *known ? right : Value(false);
  if (const auto* known = constant_of<bool>(right)) return *known ? left : Value(false);
  return kernel_.op(OpCode::And, truth(left), truth(right));
}

Value Emitter::either(const Value& left, const Value& right) {
  if (const auto* known = constant_of<bool>(left)) return *known ? Value(true) : right;
  if (const auto* known = constant_of<bool>(right)) return *known ? Value(true) : left;
  return kernel_.op(OpCode::Or, truth(left), truth(right));
}

Value Emitter::negation(const Value& operand) {
  if (const auto* known = constant_of<bool>(operand)) return !*known;
  return kernel_.op(OpCode::Not, truth(operand));
}

Value Emitter::choose(const Value& condition, const Value& when_true, const Value& when_false,
                      model::Kind kind) {
  if (const auto* known = constant_of<bool>(condition)) return *known ? when_true : when_false;
  // Zeros of two signs are equal, but not the same.
  if (!std::holds_alternative<double>(when_true) && when_true == when_false) return when_true;
  const plan::ValueId first = as_operand(when_true, kind);
  const plan::ValueId second = as_operand(when_false, kind);
  return kernel_.select(truth(condition), first, second);
}

Value Emitter::to_time(const Value& step_count, bool unbounded) {
  const double timestep = arithmetic_.round(lowering_.network.timestep);
  if (const auto* known = constant_of<std::int64_t>(step_count))
    return elaborate::to_time(*known, timestep, arithmetic_);
  const plan::ValueId count = steps(step_count);
  const plan::ValueId number = kernel_.op(OpCode::IntToReal, count);
  const plan::ValueId time = kernel_.op(OpCode::MultiplyReal, number, kernel_.real(timestep));
  if (!unbounded) return time;
  const plan::ValueId most = kernel_.whole(elaborate::kNever / 2);
  const plan::ValueId least = kernel_.whole(-elaborate::kNever / 2);
  const plan::ValueId below = kernel_.select(kernel_.op(OpCode::LessEqualInt, count, least),
                                             kernel_.real(-kInfinity), time);
  return kernel_.select(kernel_.op(OpCode::LessEqualInt, most, count), kernel_.real(kInfinity),
                        below);
}

Value Emitter::to_steps(const Value& time, source::Span span) {
  const auto* known = constant_of<double>(time);
  if (known == nullptr) return round_to_steps(time, span);
  const auto count = elaborate::to_steps(*known, std::get<double>(timestep()), span, arithmetic_);
  if (count) return *count;
  require(false, {plan::Fault::Kind::Duration, "", time}, span);
  return std::int64_t{0};
}

// elaborate::to_steps for a value that is known only at run time.
Value Emitter::round_to_steps(const Value& time, source::Span span) {
  const elaborate::StepLimits limits = elaborate::step_limits(arithmetic_.precision());
  const plan::ValueId duration = real(time);
  const plan::ValueId size = kernel_.op(OpCode::AbsReal, duration);
  const plan::ValueId infinite = kernel_.op(OpCode::EqualReal, size, kernel_.real(kInfinity));
  const plan::ValueId count = kernel_.op(OpCode::DivideReal, duration, real(timestep()));
  const plan::ValueId whole = kernel_.op(OpCode::RoundReal, count);
  const plan::ValueId off =
      kernel_.op(OpCode::AbsReal, kernel_.op(OpCode::SubtractReal, count, whole));
  const plan::ValueId magnitude = kernel_.op(OpCode::AbsReal, count);
  const plan::ValueId small = kernel_.op(OpCode::LessReal, magnitude, kernel_.real(1.0));
  const plan::ValueId scale = kernel_.select(small, kernel_.real(1.0), magnitude);
  const plan::ValueId tolerance =
      kernel_.op(OpCode::MultiplyReal, kernel_.real(limits.tolerance), scale);
  const plan::ValueId close = kernel_.op(OpCode::LessEqualReal, off, tolerance);
  const plan::ValueId counts =
      kernel_.op(OpCode::LessEqualReal, magnitude, kernel_.real(limits.most_steps));
  require(either(infinite, both(close, counts)), {plan::Fault::Kind::Duration, "", time}, span);
  const plan::ValueId usable = kernel_.op(OpCode::And, close, counts);
  const plan::ValueId finite = kernel_.select(usable, whole, kernel_.real(0.0));
  const plan::ValueId forever =
      kernel_.select(kernel_.op(OpCode::LessReal, kernel_.real(0.0), duration),
                     kernel_.whole(elaborate::kNever), kernel_.whole(-elaborate::kNever));
  return kernel_.select(infinite, forever, kernel_.op(OpCode::RealToStep, finite));
}

void Emitter::require(const Value& condition, const Broken& broken, source::Span span) {
  if (const auto* known = constant_of<bool>(condition); known != nullptr && *known) return;
  const Value holds =
      conditions_.empty() ? condition : either(condition, negation(conditions_.back()));
  if (const auto* known = constant_of<bool>(holds); known != nullptr && *known) return;
  const plan::FaultId fault =
      lowering_.plan.faults.add({broken.kind, broken.of, kernel_.owner(), span, broken.tape});
  kernel_.require(fault, truth(holds), real(broken.number));
}

void Emitter::open_condition(const Value& condition) {
  conditions_.push_back(conditions_.empty() ? condition : both(conditions_.back(), condition));
}

}  // namespace bouton::lower
