// Circuits, tied weights and filters as plans: clocks, views and what a moving average remembers.
#include "compiler/plan/query.h"
#include "tests/unit/lower/lowered.h"

namespace bouton::lower {
namespace {

constexpr const char* kCircuit =
    "neuron N(p = 0.5) {\n  input I\n  u = p + I, initially 0\n"
    "  mean_u = moving_average(u, 4 ms, first = 0)\n"
    "  spike with probability logistic(prev(u) + mean_u)\n}\n"
    "synapse Box(tau = 3 ms) {\n  psp(s) = if 0 < s and s <= tau: 1 else: 0\n  renewing\n}\n"
    "circuit C(n) {\n  population z[n]: N()\n  population y[2]: N()\n"
    "  projection W: z -> y.I, via Box()\n"
    "  projection B: y -> z.I, via Box(), weights tied to -transpose(W.w)\n}\n"
    "experiment E {\n  timestep 1 ms\n  circuit a: C(3)\n  circuit b: C(2)\n";

std::unique_ptr<Compiled> compile_body(const std::string& body) {
  auto compiled = compile_text(kCircuit + body + "}\n");
  EXPECT_TRUE(compiled->plan) << compiled->messages();
  EXPECT_EQ(compiled->plan ? compiled->errors() : "", "");
  return compiled;
}

TEST(Circuits, EachHasItsClockAndIsRunAlone) {
  const auto compiled = compile_body("  run 10 ms of a\n  run 5 ms\n  record a.W.w\n");
  const plan::Plan& plan = *compiled->plan;
  ASSERT_EQ(plan.phases.size(), 2U);
  const auto& alone = plan.phases[plan::PhaseId{0}].parts;
  const auto& together = plan.phases[plan::PhaseId{1}].parts;
  ASSERT_EQ(alone.size(), 1U);
  EXPECT_EQ(plan.circuits[alone[0].circuit].name, "E/a");
  EXPECT_EQ(together.size(), plan.circuits.size());
  EXPECT_NE(plan.circuits[together[0].circuit].clock, plan.circuits[together[1].circuit].clock);
}

TEST(Circuits, JoinedOnesShareAClock) {
  const auto compiled =
      compile_body("  projection J: a.z -> b.z.I, via Box()\n  run 10 ms of b\n  record J.w\n");
  for (const plan::Population& population : compiled->plan->populations)
    EXPECT_EQ(population.circuit, compiled->plan->populations[plan::PopulationId{0}].circuit);
}

TEST(Ties, AreViewsWithoutACopy) {
  const auto compiled = compile_body("  run 10 ms\n  record a.B.w\n");
  const plan::Plan& plan = *compiled->plan;
  ASSERT_EQ(plan.views.size(), 2U);
  const plan::View& view = plan.views[plan::ViewId{0}];
  EXPECT_TRUE(view.transposed);
  EXPECT_EQ(view.scale, -1.0);
  EXPECT_EQ(plan.columns[plan::column_behind(plan, view.of)].name, "E/a.W.w");
  for (const plan::Column& column : plan.columns) EXPECT_NE(column.name, "E/a.B.w");
}

TEST(Filters, AMovingAverageKeepsOneBlock) {
  const auto compiled =
      compile_body("  run 10 ms observing { m = last(a.z.mean_u) }\n  record m\n");
  const plan::Plan& plan = *compiled->plan;
  ASSERT_EQ(plan.moving_averages.size(), 4U) << "one for every population";
  const plan::MovingAverage& average = plan.moving_averages[plan::MovingAverageId{0}];
  EXPECT_EQ(plan::print(plan, plan.extents[average.length].value), "4");
  EXPECT_TRUE(average.first);
  EXPECT_EQ(plan.columns[average.what].role, plan::Role::Scratch);
}

TEST(Resets, OfAPopulationTakeItsOwnColumns) {
  const auto compiled = compile_body("  run 10 ms\n  reset a.z\n  run 10 ms\n  record a.W.w\n");
  const plan::Plan& plan = *compiled->plan;
  for (const plan::HostStmt& stmt : plan.host.body) {
    const auto* reset = std::get_if<plan::HostReset>(&stmt.node);
    if (reset == nullptr) continue;
    EXPECT_FALSE(reset->columns.empty());
    for (const plan::ColumnId id : reset->columns)
      EXPECT_TRUE(plan.columns[id].name.starts_with("E/a.z.")) << plan.columns[id].name;
  }
}

}  // namespace
}  // namespace bouton::lower
