// Which populations of lowered programs are packed, and what stands side by side then.
#include "compiler/passes/pack_populations.h"

#include <gmock/gmock.h>

#include <set>

#include "compiler/passes/skip_quiet_steps.h"
#include "compiler/passes/split_kernels.h"
#include "compiler/plan/builder.h"
#include "tests/unit/lower/lowered.h"

namespace bouton::passes {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const char* const kNeurons =
    "synapse Box { psp(s) = if s < 10 ms: 1 else: 0\n renewing }\n"
    "synapse Late { psp(s) = if 0 < s and s < 10 ms: 1 else: 0\n renewing }\n"
    "neuron Noisy {\n  input I\n  noise xi: white\n  state V = 0\n"
    "  V' = (I - V)/(10 ms) + sqrt(1/ms) * xi\n  solve with euler\n"
    "  spike at rate exp(V)/(50 ms)\n}\n"
    "neuron Dear(r = 0.02/ms) {\n  input I\n  state V = 0\n  V' = (I - V)/(10 ms)\n"
    "  solve with euler\n  spike at rate r * exp(V)\n  refractory 5 ms\n}\n"
    "neuron Cheap {\n  input I\n  state V = 0\n  V' = (I - V)/(10 ms)\n  solve with euler\n"
    "  spike when V > 1 { V = 0 }\n}\n"
    "neuron Logistic {\n  input I\n  u = I, initially 0\n"
    "  spike with probability logistic(prev(u))\n}\n";

std::unique_ptr<lower::Compiled> packed(
    const std::string& populations, elaborate::Precision precision = elaborate::Precision::Double) {
  auto compiled = lower::compile_text(
      kNeurons + ("experiment E {\n  timestep 1 ms\n" + populations +
                  "  run 1 s observing { seen = count(a) }\n  record seen\n}\n"),
      0, precision);
  EXPECT_TRUE(compiled->plan) << compiled->messages();
  split_kernels(*compiled->plan);
  skip_quiet_steps(*compiled->plan);
  pack_populations(*compiled->plan);
  EXPECT_THAT(compiled->errors(), IsEmpty());
  return compiled;
}

// The names of the populations of each pack.
std::vector<std::string> packs_of(const lower::Compiled& compiled) {
  std::vector<std::string> packs;
  for (const plan::Pack& pack : compiled.plan->packs) {
    packs.emplace_back();
    for (const plan::PopulationId population : pack.populations)
      packs.back() += compiled.plan->populations[population].name.back();
  }
  return packs;
}

std::vector<std::string> names_of(const plan::Plan& plan, const std::vector<plan::ColumnId>& row) {
  std::vector<std::string> names;
  for (const plan::ColumnId column : row) names.push_back(plan.columns[column].name);
  return names;
}

TEST(PackPopulations, SmallOnesOfOneTypeAreOne) {
  const auto compiled = packed(
      "  population a[1]: Dear()\n  population b[3]: Dear(r = 0.05/ms)\n"
      "  population c[2]: Dear()\n");
  EXPECT_THAT(packs_of(*compiled), ElementsAre("abc"));
  std::vector<std::vector<std::string>> rows;
  for (const auto& row : compiled->plan->packs[plan::PackId{0}].rows)
    rows.push_back(names_of(*compiled->plan, row));
  EXPECT_THAT(rows, testing::Contains(ElementsAre("E/a.V", "E/b.V", "E/c.V")));
  EXPECT_THAT(rows, testing::Contains(ElementsAre("E/a.spiked", "E/b.spiked", "E/c.spiked")));
}

TEST(PackPopulations, OfSeveralTypesThoseOfOneTypeAreOne) {
  const auto compiled = packed(
      "  population a[1]: Dear()\n  population b[1]: Cheap()\n  population c[1]: Dear()\n"
      "  population d[1]: Cheap()\n");
  EXPECT_THAT(packs_of(*compiled), ElementsAre("ac"));
}

TEST(PackPopulations, NoMoreThanFillAVector) {
  const auto compiled = packed(
      "  population a[5]: Dear()\n  population b[3]: Dear()\n  population c[4]: Dear()\n"
      "  population d[4]: Dear()\n  population e[8]: Dear()\n  population f[1]: Dear()\n");
  EXPECT_THAT(packs_of(*compiled), ElementsAre("ab", "cd"));
}

TEST(PackPopulations, WhatIsCheapIsNotWorthIt) {
  const auto compiled = packed("  population a[1]: Cheap()\n  population b[1]: Cheap()\n");
  EXPECT_THAT(compiled->plan->packs, SizeIs(0));
}

// Limits are computed for all populations together as it is (double precision).
TEST(PackPopulations, TestsOfSpikesByLimitsAreNotWorthIt) {
  const char* const populations = "  population a[1]: Logistic()\n  population b[1]: Logistic()\n";
  EXPECT_THAT(packed(populations)->plan->packs, SizeIs(0));
  EXPECT_THAT(packed(populations, elaborate::Precision::Single)->plan->packs, SizeIs(1));
}

TEST(PackPopulations, AnInputThatOnlyOneOfThemHasStaysAlone) {
  const auto compiled = packed(
      "  population a[2]: Dear()\n  population b[2]: Dear()\n"
      "  projection W: a -> b.I, via Box()\n");
  for (const plan::Pack& pack : compiled->plan->packs)
    for (const auto& row : pack.rows)
      EXPECT_THAT(names_of(*compiled->plan, row), testing::Not(testing::Contains("E/b.I")));
}

// The spikes of the first one act on the second one in the same step.
TEST(PackPopulations, ThoseThatCannotBeExecutedTogetherAreLeftAsTheyAre) {
  const auto compiled = packed(
      "  population s[1]: Dear()\n  population a[2]: Dear()\n  population b[2]: Dear()\n"
      "  projection W: s -> a.I, via Box()\n  projection P: a -> b.I, via Box()\n");
  EXPECT_THAT(packs_of(*compiled), testing::Not(testing::Contains("ab")));
}

// Where some do all that is dear alike, they are not kept apart by one that does a part of it.
TEST(PackPopulations, WhoeverHasMoreInCommonComesFirst) {
  const auto compiled = packed(
      "  population a[3]: Noisy()\n  population b[3]: Noisy()\n  population c[3]: Noisy()\n"
      "  population s[1]: Cheap()\n  projection P: s -> b.I, via Late()\n"
      "  projection Q: s -> c.I, via Late()\n");
  EXPECT_THAT(packs_of(*compiled), ElementsAre("bc"));
}

TEST(PackPopulations, CircuitsAreKeptApart) {
  const auto compiled = lower::compile_text(
      kNeurons + std::string("circuit One {\n  population z[1]: Dear()\n}\n"
                             "experiment E {\n  timestep 1 ms\n  circuit p: One()\n"
                             "  circuit q: One()\n  run 1 s of p observing { a = count(p.z) }\n"
                             "  run 1 s of q observing { b = count(q.z) }\n  record a, b\n}\n"));
  ASSERT_TRUE(compiled->plan) << compiled->messages();
  pack_populations(*compiled->plan);
  EXPECT_THAT(compiled->plan->packs, SizeIs(0));
}

// One population computes two values by turns, the other one the same one twice.
TEST(PackPopulations, AColumnHasOnePlaceBesideOthers) {
  plan::Plan plan;
  plan.timestep = 1;
  plan.seed = plan::whole(0);
  const auto circuit = plan::add_circuit(plan, "circuit");
  plan::Schedule all;
  all.name = "all";
  all.circuit = circuit;
  all.stages.resize(2);
  for (const int values : {2, 1}) {
    const auto axis = plan::add_neuron_axis(plan, "z", 2);
    plan.populations.add({"z", axis, circuit});
    const auto x = plan::add_column(plan, "x", plan::kReal, {axis}, plan::Role::State);
    std::vector<plan::ColumnId> y;
    for (int i = 0; i < values; ++i)
      y.push_back(plan::add_column(plan, "y", plan::kReal, {axis}, plan::Role::State));
    for (plan::Stage& stage : all.stages) {
      plan::KernelBuilder k(plan, "evaluate", circuit, {axis});
      k.store(&stage == &all.stages.front() ? y.front() : y.back(), k.math("exp", k.load(x)));
      stage.items.push_back(plan::item(k.finish()));
    }
  }
  plan.schedules.add(std::move(all));
  plan::complete_checkpoint(plan);
  pack_populations(plan);
  ASSERT_THAT(plan.packs, SizeIs(1));
  std::set<plan::ColumnId> packed;
  for (const auto& row : plan.packs[plan::PackId{0}].rows)
    for (const plan::ColumnId column : row)
      EXPECT_TRUE(packed.insert(column).second) << "column " << column.value;
  EXPECT_THAT(packed, SizeIs(4));
}

}  // namespace
}  // namespace bouton::passes
