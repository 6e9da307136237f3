#include "runtime/library/elementary.h"

#include "runtime/math/math.h"

namespace bouton::runtime {
namespace {

template <typename Formula>
Result<Value> elementwise(const Arguments& arguments, Formula formula) {
  const Result<const Tensor*> operand = array_argument(arguments, 0);
  if (!operand) return operand.error();
  Tensor result = **operand;
  for (double& number : result.data()) number = formula(number);
  return Value(std::move(result));
}

}  // namespace

Result<Value> exp_of(const Arguments& arguments) {
  return elementwise(arguments, [](double x) { return math::exp(x); });
}
Result<Value> ln_of(const Arguments& arguments) {
  return elementwise(arguments, [](double x) { return math::log(x); });
}
Result<Value> log1p_of(const Arguments& arguments) {
  return elementwise(arguments, [](double x) { return math::log1p(x); });
}
Result<Value> expm1_of(const Arguments& arguments) {
  return elementwise(arguments, [](double x) { return math::expm1(x); });
}
Result<Value> logistic_of(const Arguments& arguments) {
  return elementwise(arguments, [](double x) { return math::logistic(x); });
}
Result<Value> softplus_of(const Arguments& arguments) {
  return elementwise(arguments, [](double x) { return math::softplus(x); });
}
Result<Value> tanh_of(const Arguments& arguments) {
  return elementwise(arguments, [](double x) { return math::tanh(x); });
}
Result<Value> sin_of(const Arguments& arguments) {
  return elementwise(arguments, [](double x) { return math::sin(x); });
}
Result<Value> cos_of(const Arguments& arguments) {
  return elementwise(arguments, [](double x) { return math::cos(x); });
}
Result<Value> sqrt_of(const Arguments& arguments) {
  return elementwise(arguments, [](double x) { return math::sqrt(x); });
}
Result<Value> abs_of(const Arguments& arguments) {
  return elementwise(arguments, [](double x) { return math::abs(x); });
}
Result<Value> floor_of(const Arguments& arguments) {
  return elementwise(arguments, [](double x) { return math::floor(x); });
}
Result<Value> round_of(const Arguments& arguments) {
  return elementwise(arguments, [](double x) { return math::round(x); });
}

}  // namespace bouton::runtime
