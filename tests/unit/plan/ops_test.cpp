// The table of operations and the types it gives.
#include "compiler/plan/ops.h"

#include <gtest/gtest.h>

#include <set>

#include "compiler/plan/query.h"
#include "compiler/plan/signature.h"

namespace bouton::plan {
namespace {

std::optional<Type> result(OpCode code, std::vector<Type> operands, Type declared = {}) {
  return result_type(code, operands, declared);
}

TEST(Ops, EveryLineOfTheTableHasItsOwnCodeAndText) {
  std::set<std::string_view> texts;
  std::size_t index = 0;
  for (const OpInfo& info : all_ops()) {
    EXPECT_EQ(static_cast<std::size_t>(info.code), index++);
    EXPECT_TRUE(texts.insert(info.text).second) << info.text;
  }
}

TEST(Ops, EverySignatureCanBeRead) {
  for (const OpInfo& info : all_ops()) {
    const Signature& signature = signature_of(info.code);
    for (const TypeClass operand : signature.operands)
      EXPECT_TRUE(operand != TypeClass::Same && operand != TypeClass::Attr &&
                  operand != TypeClass::None)
          << info.text;
    EXPECT_TRUE(signature.result != TypeClass::Int && signature.result != TypeClass::Any)
        << info.text;
  }
}

TEST(Ops, SelectGivesTheTypeOfItsBranches) {
  EXPECT_EQ(result(OpCode::Select, {kBool, kI64, kI64}), kI64);
  EXPECT_EQ(result(OpCode::Select, {kBool, kDouble, kDouble}), kDouble);
  EXPECT_FALSE(result(OpCode::Select, {kBool, kI64, kReal}));
}

TEST(Ops, FixedPointOfDifferentFractionsDoesNotMix) {
  EXPECT_EQ(result(OpCode::AddFixed, {kInputFixed, kInputFixed}), kInputFixed);
  const std::vector<Type> mixed{kInputFixed, kHazardFixed};
  EXPECT_EQ(operand_mismatch(OpCode::AddFixed, mixed),
            "operand 2 is fixed40, an earlier one fixed44");
}

TEST(Ops, WholeNumbersOfDifferentTypesDoNotMix) {
  EXPECT_EQ(result(OpCode::AddInt, {kI32, kI32}), kI32);
  EXPECT_FALSE(result(OpCode::AddInt, {kI32, kI64}));
}

TEST(Ops, MathTakesAnyNumberOfReals) {
  EXPECT_EQ(result(OpCode::Math, {kReal}), kReal);
  EXPECT_EQ(result(OpCode::Math, {kReal, kReal}), kReal);
  EXPECT_FALSE(result(OpCode::Math, {kReal, kI64}));
}

TEST(Ops, ScalingFixedPointBySomeStepsKeepsItsFraction) {
  EXPECT_EQ(result(OpCode::ScaleFixed, {kHazardFixed, kI64}), kHazardFixed);
}

TEST(Ops, DeclaredResultsKeepTheirType) {
  EXPECT_EQ(result(OpCode::RoundToFixed, {kReal}, kInputFixed), kInputFixed);
  EXPECT_TRUE(declares_result(OpCode::RoundToFixed));
  EXPECT_FALSE(has_result(OpCode::Store));
}

}  // namespace
}  // namespace bouton::plan
