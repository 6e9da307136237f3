#include "compiler/codegen/operations.h"

#include <llvm/IR/Intrinsics.h>

#include <array>
#include <string>
#include <vector>

#include "compiler/base/check.h"
#include "compiler/codegen/library.h"
#include "compiler/codegen/quotient.h"
#include "runtime/math/lanes.h"
#include "runtime/random/stream.h"

namespace bouton::codegen {

namespace {

using plan::OpCode;
using Operands = std::span<llvm::Value* const>;
using Predicate = llvm::CmpInst::Predicate;

llvm::Value* choose(Emission& e, Predicate predicate, Operands in) {
  llvm::Value* condition = in[0]->getType()->isFPOrFPVectorTy()
                               ? e.ir.CreateFCmp(predicate, in[0], in[1])
                               : e.ir.CreateICmp(predicate, in[0], in[1]);
  return e.ir.CreateSelect(condition, in[0], in[1]);
}

// frem is the C library's fmod, which IEEE 754 makes exact.
llvm::Value* emit_modulo(Emission& e, Operands in) {
  llvm::Value* zero = llvm::Constant::getNullValue(in[0]->getType());
  llvm::Value* remainder = e.ir.CreateFRem(in[0], in[1]);
  llvm::Value* opposite =
      e.ir.CreateXor(e.ir.CreateFCmpOLT(remainder, zero), e.ir.CreateFCmpOLT(in[1], zero));
  llvm::Value* adjust = e.ir.CreateAnd(e.ir.CreateFCmpUNE(remainder, zero), opposite);
  return e.ir.CreateSelect(adjust, e.ir.CreateFAdd(remainder, in[1]), remainder);
}

llvm::Value* emit_real(Emission& e, OpCode code, Operands in) {
  switch (code) {
    case OpCode::AddReal:
      return e.ir.CreateFAdd(in[0], in[1]);
    case OpCode::SubtractReal:
      return e.ir.CreateFSub(in[0], in[1]);
    case OpCode::MultiplyReal:
      return e.ir.CreateFMul(in[0], in[1]);
    case OpCode::DivideReal:
      return emit_quotient(e, in[0], in[1]);
    case OpCode::ModuloReal:
      return emit_modulo(e, in);
    case OpCode::FmaReal:
      return e.ir.CreateIntrinsic(in[0]->getType(), llvm::Intrinsic::fma, {in[0], in[1], in[2]});
    case OpCode::NegateReal:
      return e.ir.CreateFNeg(in[0]);
    case OpCode::AbsReal:
      return e.ir.CreateUnaryIntrinsic(llvm::Intrinsic::fabs, in[0]);
    case OpCode::SqrtReal:
      return e.ir.CreateUnaryIntrinsic(llvm::Intrinsic::sqrt, in[0]);
    case OpCode::FloorReal:
      return e.ir.CreateUnaryIntrinsic(llvm::Intrinsic::floor, in[0]);
    case OpCode::RoundReal:
      return e.ir.CreateUnaryIntrinsic(llvm::Intrinsic::roundeven, in[0]);
    case OpCode::MinReal:
      return choose(e, Predicate::FCMP_OLT, in);
    case OpCode::MaxReal:
      return choose(e, Predicate::FCMP_OGT, in);
    case OpCode::LessReal:
      return e.ir.CreateFCmpOLT(in[0], in[1]);
    case OpCode::LessEqualReal:
      return e.ir.CreateFCmpOLE(in[0], in[1]);
    case OpCode::EqualReal:
      return e.ir.CreateFCmpOEQ(in[0], in[1]);
    case OpCode::NotEqualReal:
      return e.ir.CreateFCmpUNE(in[0], in[1]);
    default:
      return nullptr;
  }
}

llvm::Value* emit_logic(Emission& e, OpCode code, Operands in) {
  switch (code) {
    case OpCode::And:
      return e.ir.CreateAnd(in[0], in[1]);
    case OpCode::Or:
      return e.ir.CreateOr(in[0], in[1]);
    case OpCode::Xor:
      return e.ir.CreateXor(in[0], in[1]);
    case OpCode::Not:
      return e.ir.CreateNot(in[0]);
    case OpCode::Select:
      return e.ir.CreateSelect(in[0], in[1], in[2]);
    default:
      return nullptr;
  }
}

// Rounds towards minus infinity: the machine's quotient, less one where the remainder has the other
// sign.
llvm::Value* emit_floor_division(Emission& e, Operands in, bool modulo) {
  llvm::Value* zero = llvm::Constant::getNullValue(in[0]->getType());
  llvm::Value* remainder = e.ir.CreateSRem(in[0], in[1]);
  llvm::Value* inexact = e.ir.CreateICmpNE(remainder, zero);
  llvm::Value* opposite = e.ir.CreateICmpSLT(e.ir.CreateXor(remainder, in[1]), zero);
  llvm::Value* adjust = e.ir.CreateAnd(inexact, opposite);
  if (modulo) return e.ir.CreateAdd(remainder, e.ir.CreateSelect(adjust, in[1], zero));
  return e.ir.CreateAdd(e.ir.CreateSDiv(in[0], in[1]), e.ir.CreateSExt(adjust, in[0]->getType()));
}

// Whole numbers and fixed point: both are integers in registers.
llvm::Value* emit_integer(Emission& e, OpCode code, Operands in) {
  switch (code) {
    case OpCode::AddInt:
    case OpCode::AddFixed:
      return e.ir.CreateAdd(in[0], in[1]);
    case OpCode::SubtractInt:
    case OpCode::SubtractFixed:
      return e.ir.CreateSub(in[0], in[1]);
    case OpCode::MultiplyInt:
    case OpCode::ScaleFixed:
      return e.ir.CreateMul(in[0], in[1]);
    case OpCode::FloorDivideInt:
      return emit_floor_division(e, in, false);
    case OpCode::FloorModuloInt:
      return emit_floor_division(e, in, true);
    case OpCode::NegateInt:
    case OpCode::NegateFixed:
      return e.ir.CreateNeg(in[0]);
    case OpCode::AbsInt:
      return e.ir.CreateBinaryIntrinsic(llvm::Intrinsic::abs, in[0], e.ir.getFalse());
    case OpCode::MinInt:
    case OpCode::MinFixed:
      return choose(e, Predicate::ICMP_SLT, in);
    case OpCode::MaxInt:
    case OpCode::MaxFixed:
      return choose(e, Predicate::ICMP_SGT, in);
    case OpCode::LessInt:
    case OpCode::LessFixed:
      return e.ir.CreateICmpSLT(in[0], in[1]);
    case OpCode::LessEqualInt:
    case OpCode::LessEqualFixed:
      return e.ir.CreateICmpSLE(in[0], in[1]);
    case OpCode::EqualInt:
    case OpCode::EqualFixed:
      return e.ir.CreateICmpEQ(in[0], in[1]);
    case OpCode::NotEqualInt:
      return e.ir.CreateICmpNE(in[0], in[1]);
    default:
      return nullptr;
  }
}

// Between the plan's Real and double, in which fixed point and random numbers are computed in
// either precision.
llvm::Value* as_double(Emission& e, llvm::Value* real) {
  llvm::Type* wanted = e.vector_of(e.ir.getDoubleTy());
  return real->getType() == wanted ? real : e.ir.CreateFPExt(real, wanted);
}
llvm::Value* as_real(Emission& e, llvm::Value* number, const plan::Op& op) {
  llvm::Type* wanted = e.vector_of(e.element_type(op.type));
  return number->getType() == wanted ? number : e.ir.CreateFPTrunc(number, wanted);
}

llvm::Value* power_of_two(llvm::Value* like, int exponent) {
  return llvm::ConstantFP::get(
      like->getType(), exponent >= 0 ? static_cast<double>(std::uint64_t{1} << exponent)
                                     : 1.0 / static_cast<double>(std::uint64_t{1} << -exponent));
}

llvm::Value* emit_conversion(Emission& e, const plan::Op& op, Operands in) {
  llvm::Type* result = e.vector_of(e.element_type(op.type));
  switch (op.code) {
    case OpCode::IntToReal:
      return e.ir.CreateSIToFP(in[0], result);
    case OpCode::RealToStep:
      return e.ir.CreateFPToSI(in[0], result);
    case OpCode::BoolToReal:
      return e.ir.CreateUIToFP(in[0], result);
    case OpCode::BoolToInt:
      return e.ir.CreateZExt(in[0], result);
    case OpCode::ConvertInt:
      return e.ir.CreateSExtOrTrunc(in[0], result);
    case OpCode::RoundToFixed:
      return call_library(e, "to_fixed" + std::to_string(op.type.fraction_bits) + "_f64",
                          std::array{as_double(e, in[0])}, e.ir.getInt64Ty());
    default:
      return nullptr;
  }
}

// Rounded once: not by way of double where Real is single.
llvm::Value* emit_fixed_to_real(Emission& e, const plan::Op& op, Operands in, int fraction_bits) {
  llvm::Value* number = e.precision == plan::Precision::Single
                            ? e.ir.CreateSIToFP(in[0], e.vector_of(e.element_type(op.type)))
                            : call_library(e, "real_of_integer_i64", in, e.ir.getDoubleTy());
  return e.ir.CreateFMul(number, power_of_two(number, -fraction_bits));
}

// Whose kind follows from how it counts and how many words it takes (runtime/random/stream.h).
runtime::random::DrawKind draw_kind_of(const plan::Stream& stream, OpCode code) {
  if (code == OpCode::WordPair) return runtime::random::DrawKind::Noise;
  return stream.key == plan::Stream::Key::Step ? runtime::random::DrawKind::SpikeProbability
                                               : runtime::random::DrawKind::SpikeRate;
}

llvm::Value* seeds_of_elements(Emission& e) {
  llvm::Value* seeds = e.arena_at(e.layout.seeds_offset);
  const llvm::Align align(8);
  if (e.along_lanes() && e.only_lane == nullptr)
    return e.ir.CreateAlignedLoad(e.vector_of(e.ir.getInt64Ty()), seeds, align);
  if (e.only_lane != nullptr) seeds = e.ir.CreateGEP(e.ir.getInt64Ty(), seeds, e.only_lane);
  return e.splat(e.ir.CreateAlignedLoad(e.ir.getInt64Ty(), seeds, align));
}

llvm::Value* emit_words(Emission& e, const plan::Op& op, llvm::Value* streams, Operands in) {
  if (op.code == OpCode::Word) return emit_one_word_draws(e, streams, in[0], in[1]);
  const std::array<llvm::Value*, 4> operands = {seeds_of_elements(e), streams, in[0], in[1]};
  return call_library(e, "draw_two_words_u64", operands);
}

llvm::Value* emit_function(Emission& e, const plan::Op& op, Operands in) {
  const char* precision = e.precision == plan::Precision::Single ? "_f32" : "_f64";
  return call_library(e, std::get<plan::FunctionAttribute>(op.attribute).name + precision, in);
}

llvm::Value* emit_draw(Emission& e, const plan::Op& op, Operands in) {
  llvm::Type* real64 = e.ir.getDoubleTy();
  switch (op.code) {
    case OpCode::Word:
    case OpCode::WordPair:
      return emit_words(e, op, e.splat(stream_bits_of(e, op)), in);
    case OpCode::UniformOfWord: {
      const std::array<llvm::Value*, 1> word = {
          e.ir.CreateZExt(in[0], e.vector_of(e.ir.getInt64Ty()))};
      return call_library(e, "spike_uniform_u64", word, real64);
    }
    case OpCode::UniformBelow:
      return e.ir.CreateFCmpOLT(in[0], as_double(e, in[1]));
    case OpCode::HazardThreshold:
      return call_library(e, "hazard_threshold_f64", in, e.ir.getInt64Ty());
    case OpCode::UniformReal:
      return as_real(e, call_library(e, "uniform53_u64", in, real64), op);
    case OpCode::NormalReal:
      return as_real(e, call_library(e, "standard_normal_u64", in, real64), op);
    default:
      BOUTON_UNREACHABLE("an operation of ops.def that code generation does not know");
  }
}

// Doubles of whole numbers below 2^51, and back (to the nearest), by the bits of 1.5 * 2^52 + x:
// vector units below AVX-512 cannot convert 64 bits.
constexpr double kShift = runtime::math::Format<double>::round_shift;

llvm::Value* real_of_small(Emission& e, llvm::Value* whole) {
  llvm::Type* real = e.vector_of(e.ir.getDoubleTy());
  llvm::Constant* shift = llvm::ConstantFP::get(real, kShift);
  llvm::Value* bits = e.ir.CreateAdd(whole, e.ir.CreateBitCast(shift, whole->getType()));
  return e.ir.CreateFSub(e.ir.CreateBitCast(bits, real), shift);
}
llvm::Value* small_of_real(Emission& e, llvm::Value* real) {
  llvm::Type* whole = e.vector_of(e.ir.getInt64Ty());
  llvm::Constant* shift = llvm::ConstantFP::get(real->getType(), kShift);
  llvm::Value* bits = e.ir.CreateBitCast(e.ir.CreateFAdd(real, shift), whole);
  return e.ir.CreateSub(bits, e.ir.CreateBitCast(shift, whole));
}

// 1/(2 gain); only gains above 0 count.
llvm::Value* emit_half_reciprocal(Emission& e, llvm::Value* gain) {
  llvm::Value* half = llvm::ConstantFP::get(e.vector_of(e.ir.getDoubleTy()), 0.5);
  return e.ir.CreateFDiv(half, real_of_small(e, gain));
}

// ceil(distance/gain) is the whole number next to (2 distance + gain - 1)/(2 gain). Both are of
// hazard clocks, which saturate at 64 = 2^46 units, so the numerator is exact, and the quotient is
// further from the middle between two whole numbers than 2^-49 of its size: rounding it twice does
// no harm.
llvm::Value* emit_steps_to_reach(Emission& e, Operands in) {
  llvm::Value* less_one = e.ir.CreateSub(in[1], llvm::ConstantInt::get(in[1]->getType(), 1));
  llvm::Value* numerator = e.ir.CreateAdd(e.ir.CreateAdd(in[0], in[0]), less_one);
  return small_of_real(e, e.ir.CreateFMul(real_of_small(e, numerator), in[2]));
}

}  // namespace

bool is_operation(OpCode code) {
  switch (code) {
    case OpCode::Constant:
    case OpCode::AxisIndex:
    case OpCode::PostIndex:
    case OpCode::PreIndex:
    case OpCode::Input:
    case OpCode::Step:
    case OpCode::Load:
    case OpCode::Store:
    case OpCode::StoreWhere:
    case OpCode::AddTo:
    case OpCode::SubtractFrom:
    case OpCode::Require:
      return false;
    default:
      return true;
  }
}

llvm::Value* emit_operation(Emission& e, const plan::Op& op, Operands in,
                            std::span<const plan::Type> operand_types) {
  if (llvm::Value* value = emit_real(e, op.code, in)) return value;
  if (llvm::Value* value = emit_logic(e, op.code, in)) return value;
  if (llvm::Value* value = emit_integer(e, op.code, in)) return value;
  if (llvm::Value* value = emit_conversion(e, op, in)) return value;
  switch (op.code) {
    case OpCode::Math:
      return emit_function(e, op, in);
    case OpCode::HalfReciprocal:
      return emit_half_reciprocal(e, in[0]);
    case OpCode::StepsToReach:
      return emit_steps_to_reach(e, in);
    case OpCode::FixedToReal:
      return emit_fixed_to_real(e, op, in, operand_types[0].fraction_bits);
    default:
      return emit_draw(e, op, in);
  }
}

llvm::Value* emit_operations_together(Emission& e, std::span<const plan::Op* const> ops,
                                      Operands in) {
  const plan::Op& first = *ops.front();
  if (first.code == OpCode::Math) return emit_function(e, first, in);
  std::vector<llvm::Constant*> streams;
  for (const plan::Op* op : ops) streams.push_back(stream_bits_of(e, *op));
  return emit_words(e, first, llvm::ConstantVector::get(streams), in);
}

llvm::Value* emit_one_word_draws(Emission& e, llvm::Value* streams, llvm::Value* elements,
                                 llvm::Value* ordinals) {
  const std::array<llvm::Value*, 4> operands = {seeds_of_elements(e), streams, elements, ordinals};
  return e.ir.CreateTrunc(call_library(e, "draw_word_u64", operands),
                          e.vector_of(e.ir.getInt32Ty()));
}

llvm::Constant* stream_bits_of(Emission& e, const plan::Op& draw) {
  const auto id = std::get<plan::StreamAttribute>(draw.attribute).stream;
  const plan::Stream& stream = e.plan.streams[id];
  return e.whole(static_cast<std::int64_t>(
      runtime::random::stream_of(stream.site, draw_kind_of(stream, draw.code)).bits));
}

}  // namespace bouton::codegen
