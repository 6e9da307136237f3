#include "compiler/codegen/quotient.h"

#include <llvm/IR/Intrinsics.h>
#include <llvm/IR/PatternMatch.h>

#include <cmath>

namespace bouton::codegen {

namespace {

// Half of the precision, and far from the ends of the range.
struct Limits {
  int bits;
  int exponent;
};
Limits limits_of(const llvm::Type* real) {
  return real->getScalarType()->isDoubleTy() ? Limits{26, 100} : Limits{11, 30};
}

bool is_whole_number(llvm::Value* value) {
  using namespace llvm::PatternMatch;
  return match(value, m_SIToFP(m_Value())) || match(value, m_FMul(m_SIToFP(m_Value()), m_FPOne()));
}

bool has_few_bits(double divisor, const Limits& limits) {
  int exponent = 0;
  const double fraction = std::frexp(divisor, &exponent);
  const double shifted = std::ldexp(fraction, limits.bits);
  return std::isfinite(divisor) && divisor > 0 && std::abs(exponent) < limits.exponent &&
         shifted == std::floor(shifted);
}

const llvm::ConstantFP* constant_of(llvm::Value* value) {
  if (const auto* scalar = llvm::dyn_cast<llvm::ConstantFP>(value)) return scalar;
  const auto* vector = llvm::dyn_cast<llvm::Constant>(value);
  return vector == nullptr ? nullptr
                           : llvm::dyn_cast_or_null<llvm::ConstantFP>(vector->getSplatValue());
}

}  // namespace

llvm::Value* emit_quotient(Emission& e, llvm::Value* a, llvm::Value* b) {
  const llvm::ConstantFP* divisor = constant_of(b);
  if (!e.has_fma || divisor == nullptr || !is_whole_number(a)) return e.ir.CreateFDiv(a, b);
  const bool is_double = divisor->getType()->isDoubleTy();
  const double c = is_double ? divisor->getValueAPF().convertToDouble()
                             : static_cast<double>(divisor->getValueAPF().convertToFloat());
  if (!has_few_bits(c, limits_of(a->getType()))) return e.ir.CreateFDiv(a, b);
  llvm::Constant* y = llvm::ConstantFP::get(
      a->getType(), is_double ? 1 / c : static_cast<double>(1 / static_cast<float>(c)));
  const auto fma = [&](llvm::Value* u, llvm::Value* v, llvm::Value* w) {
    return e.ir.CreateIntrinsic(a->getType(), llvm::Intrinsic::fma, {u, v, w});
  };
  llvm::Value* q = e.ir.CreateFMul(a, y);
  return fma(fma(e.ir.CreateFNeg(q), b, a), y, q);
}

}  // namespace bouton::codegen
