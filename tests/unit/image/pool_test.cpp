// Which plans the same code serves, and what it reads from the table.
#include "compiler/image/pool.h"

#include <gtest/gtest.h>

#include <bit>

#include "compiler/image/layout.h"
#include "compiler/plan/builder.h"

namespace bouton::image {
namespace {

using plan::OpCode;

// x' = x op number, for every neuron.
plan::Plan growth(std::int64_t neurons, OpCode op, double number, std::int64_t depth = 1) {
  plan::Plan plan;
  plan.seed = plan::whole(0);
  const auto circuit = plan::add_circuit(plan, "circuit");
  const auto axis = plan::add_neuron_axis(plan, "z", neurons);
  static_cast<void>(plan::add_ring_axis(plan, "ring", depth));
  const auto x = plan::add_column(plan, "x", plan::kReal, {axis}, plan::Role::State);
  static_cast<void>(plan::add_column(plan, "y", plan::kReal, {axis}, plan::Role::State));
  plan::KernelBuilder k(plan, "grow", circuit, {axis});
  k.store(x, k.op(op, k.load(x), k.real(number)));
  static_cast<void>(k.finish());
  return plan;
}

TEST(Pool, HoldsTheNumbersInWhichTwoPlansDiffer) {
  const plan::Plan plan = growth(7, OpCode::AddReal, 1.5);
  const BareShape shape = bare_shape(plan);
  const plan::Plan other = growth(7, OpCode::AddReal, 2.5);
  EXPECT_EQ(bare_shape(other), shape);
  const Pool pool = differences(shape.pool, plan, other);
  EXPECT_EQ(pool.constants.size(), 1U);
  EXPECT_TRUE(pool.extents.empty());
  const plan::Plan larger = growth(9, OpCode::AddReal, 1.5);
  EXPECT_EQ(bare_shape(larger), shape);
  const Pool sizes = differences(shape.pool, plan, larger);
  EXPECT_TRUE(sizes.constants.empty());
  EXPECT_EQ(sizes.extents.size(), 1U);
  const Pool both = join(pool, sizes);
  EXPECT_EQ(both.constants.size() + both.extents.size(), 2U);
}

TEST(Pool, PlansThatDifferInMoreThanNumbersHaveOtherShapes) {
  const BareShape shape = bare_shape(growth(7, OpCode::AddReal, 1));
  EXPECT_NE(bare_shape(growth(7, OpCode::MultiplyReal, 1)), shape);
  EXPECT_NE(bare_shape(growth(7, OpCode::AddReal, 1, 2)), shape) << "a ring is unrolled";
}

TEST(Pool, ANumberThatIsNotPooledBelongsToTheShape) {
  const plan::Plan one = growth(7, OpCode::AddReal, 1);
  const plan::Plan two = growth(7, OpCode::AddReal, 2);
  EXPECT_NE(code_shape(one, {}), code_shape(two, {}));
  EXPECT_EQ(code_shape(one, pool_of_all(one)), code_shape(two, pool_of_all(one)));
  EXPECT_NE(code_shape(one, {}), code_shape(growth(8, OpCode::AddReal, 1), {}));
}

// Code that reads sizes from the table makes nothing of packs; all other code depends on them.
TEST(Pool, PacksBelongToTheShapeWhereSizesDo) {
  const plan::Plan apart = growth(7, OpCode::AddReal, 1);
  plan::Plan packed = apart;
  packed.packs.add({});
  EXPECT_EQ(code_shape(apart, pool_of_all(apart)), code_shape(packed, pool_of_all(packed)));
  EXPECT_NE(code_shape(apart, {}), code_shape(packed, {}));
}

TEST(Pool, OfAnotherPlanFindsNothingThere) {
  const Pool pool{{{plan::KernelId{0}, plan::ValueId{99}}, {plan::KernelId{5}, plan::ValueId{0}}},
                  {plan::ExtentId{77}}};
  const plan::Plan plan = growth(7, OpCode::AddReal, 1);
  EXPECT_EQ(code_shape(plan, pool), code_shape(plan, {}));
}

TEST(Pool, TheTableHasConstantsThenSizesThenPlacesOfColumns) {
  const plan::Plan plan = growth(9, OpCode::AddReal, 1.5);
  const auto layout = build_layout(plan, {});
  const Pool pool = pool_of_all(plan);
  const auto table = fill_table(pool, plan, layout);
  ASSERT_EQ(table.size(), pool.first_offset() + 3 * layout.columns.size());
  EXPECT_EQ(table[0], std::bit_cast<std::uint64_t>(1.5));
  EXPECT_EQ(table[pool.first_extent()], 9U);
  EXPECT_EQ(table[pool.first_offset() + 3], static_cast<std::uint64_t>(layout.columns[1].offset));
}

}  // namespace
}  // namespace bouton::image
