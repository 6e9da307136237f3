// Which kernels of packed populations are executed as one, and where.
#include "compiler/plan/packed_items.h"

#include <gmock/gmock.h>

#include "compiler/plan/builder.h"
#include "compiler/plan/packs.h"
#include "compiler/plan/verifier.h"

namespace bouton::plan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

// Populations with a state x and a scratch value y each, all packed.
struct Packed {
  Plan plan;
  CircuitId circuit = add_circuit(plan, "circuit");
  std::vector<AxisId> axes;
  std::vector<ColumnId> x, y;
  ColumnId common = add_column(plan, "common", kReal, {}, Role::State);
  std::vector<Item> items;

  explicit Packed(const std::vector<std::int64_t>& sizes) {
    Pack pack;
    for (const std::int64_t size : sizes) {
      const AxisId axis = add_neuron_axis(plan, "z", size);
      pack.populations.push_back(plan.populations.add({"z", axis, circuit}));
      axes.push_back(axis);
      x.push_back(add_column(plan, "x", kReal, {axis}, Role::State));
      y.push_back(add_column(plan, "y", kReal, {axis}, Role::Scratch));
    }
    pack.rows = {x, y};
    plan.packs.add(std::move(pack));
  }

  // y = function(x) + number, or x = function(y) + number.
  KernelId add(std::size_t part, double number, bool of_y = false, const char* function = "exp") {
    KernelBuilder k(plan, "kernel", circuit, {axes[part]});
    const auto& [to, from] = of_y ? std::pair(x[part], y[part]) : std::pair(y[part], x[part]);
    k.store(to, k.op(OpCode::AddReal, k.math(function, k.load(from)), k.real(number)));
    return add_item(k.finish());
  }
  // Checks y of a population.
  KernelId add_check(std::size_t part) {
    Fault fault;
    fault.kind = Fault::Kind::Input;
    KernelBuilder k(plan, "check", circuit, {axes[part]});
    const ValueId value = k.load(y[part]);
    k.require(plan.faults.add(fault), k.op(OpCode::LessReal, value, k.real(1)), value);
    return add_item(k.finish());
  }
  KernelId add_item(KernelId kernel) {
    items.push_back(item(kernel));
    return kernel;
  }

  // The kernels of each group, the one in whose place they are executed first.
  [[nodiscard]] std::vector<std::vector<KernelId>> groups() const {
    std::vector<std::vector<KernelId>> found;
    const std::vector<Pack> packs(plan.packs.begin(), plan.packs.end());
    for (const PackedItems& group :
         find_packed_items(plan, packs, items, [](const auto&) { return true; })) {
      found.push_back({kernel_of(*group.place)});
      for (const Item* each : group.items) found.back().push_back(kernel_of(*each));
    }
    return found;
  }
};

TEST(PackedItems, AlikeKernelsOfAllPopulationsAreOne) {
  Packed p({1, 2, 3});
  const KernelId a = p.add(0, 1), b = p.add(1, 2), c = p.add(2, 3);
  EXPECT_THAT(p.groups(), ElementsAre(ElementsAre(c, a, b, c)));
}

TEST(PackedItems, ThoseThatOnlySomePopulationsHaveStayAlone) {
  Packed p({1, 2, 3});
  p.add(0, 1);
  p.add(1, 1);
  EXPECT_THAT(p.groups(), IsEmpty());
}

TEST(PackedItems, AnotherFunctionIsNotAlike) {
  Packed p({1, 2});
  p.add(0, 1);
  p.add(1, 1, false, "tanh");
  EXPECT_THAT(p.groups(), IsEmpty());
}

TEST(PackedItems, SeveralKernelsOfEachAreSeveralGroupsInTheirOrder) {
  Packed p({1, 2});
  const KernelId a = p.add(0, 1), a2 = p.add(0, 1, true), b = p.add(1, 1), b2 = p.add(1, 1, true);
  EXPECT_THAT(p.groups(), ElementsAre(ElementsAre(a, a, b), ElementsAre(b2, a2, b2)))
      << "the second one comes early, as nothing of its population is in front of it";
}

// What reads the first population's y keeps it from waiting; nothing keeps the others from coming.
TEST(PackedItems, NobodyIsOvertakenWhoWouldNotice) {
  Packed p({1, 2});
  const KernelId a = p.add(0, 1);
  KernelBuilder k(p.plan, "reader", p.circuit, {p.axes[0]});
  k.reduce(p.common, k.load(p.y[0]), {p.axes[0]}, Order::PartialSums);
  p.add_item(k.finish());
  const KernelId b = p.add(1, 1);
  EXPECT_THAT(p.groups(), ElementsAre(ElementsAre(a, a, b)));
}

TEST(PackedItems, WhatNeitherWaitsNorComesEarlyStaysAlone) {
  Packed p({1, 2});
  p.add(0, 1);
  KernelBuilder reader(p.plan, "reader", p.circuit, {p.axes[0]});
  reader.reduce(p.common, reader.load(p.y[0]), {p.axes[0]}, Order::PartialSums);
  p.add_item(reader.finish());
  KernelBuilder writer(p.plan, "writer", p.circuit, {p.axes[1]});
  writer.store(p.x[1], writer.load(p.common));
  p.add_item(writer.finish());
  p.add(1, 1);
  EXPECT_THAT(p.groups(), IsEmpty());
}

TEST(PackedItems, ChecksKeepTheirOrder) {
  Packed p({1, 2, 1});
  const AxisId other = add_neuron_axis(p.plan, "other", 1);
  p.add_check(0);
  p.add_check(1);
  KernelBuilder k(p.plan, "check", p.circuit, {other});
  const ValueId value = k.real(2);
  k.require(FaultId{0}, k.op(OpCode::LessReal, value, k.real(1)), value);
  p.add_item(k.finish());
  p.add_check(2);
  EXPECT_THAT(p.groups(), IsEmpty()) << "a check of something else stands between";
  p.items.erase(p.items.begin() + 2);
  EXPECT_THAT(p.groups(), SizeIs(1));
}

TEST(PackedItems, AKernelThatWouldDoElseWhenItBeginsAnewIsNotPacked) {
  Packed p({1, 2});
  KernelBuilder k(p.plan, "grow and check", p.circuit, {p.axes[0]});
  Fault fault;
  const ValueId more = k.op(OpCode::AddReal, k.load(p.x[0]), k.real(1));
  k.store(p.x[0], more);
  k.require(p.plan.faults.add(fault), k.op(OpCode::LessReal, more, k.real(9)), more);
  const KernelId grows = k.finish();
  EXPECT_FALSE(can_be_packed(p.plan, p.plan.kernels[grows]));
  EXPECT_TRUE(can_be_packed(p.plan, p.plan.kernels[p.add_check(0)]));
}

TEST(PackedItems, ItemsAtEventsThatArePackedTooAreOne) {
  Packed p({1, 2});
  std::vector<EventId> events;
  std::vector<ColumnId> fired;
  for (std::size_t part = 0; part < 2; ++part) {
    fired.push_back(add_column(p.plan, "fired", kBool, {p.axes[part]}, Role::Scratch));
    Event event;
    event.circuit = p.circuit;
    event.axis = p.axes[part];
    event.fired = fired.back();
    events.push_back(p.plan.events.add(event));
    p.add(part, 1);
    p.items.back().when = {events.back()};
  }
  EXPECT_THAT(p.groups(), IsEmpty()) << "their events are not";
  p.plan.packs[PackId{0}].rows.push_back(fired);
  EXPECT_THAT(p.groups(), SizeIs(1));
}

}  // namespace
}  // namespace bouton::plan
