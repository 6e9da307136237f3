// Phases as plans: one schedule for each set of rules that learn and of projections that are
// silent.
#include "tests/unit/lower/lowered.h"

namespace bouton::lower {
namespace {

constexpr const char* kDeclarations =
    "neuron N(p = 0.5) {\n  input I\n  spike with probability p + 0*I\n}\n"
    "synapse Box(tau = 3 ms) {\n  psp(s) = if 0 < s and s <= tau: 1 else: 0\n  renewing\n}\n"
    "rule R(eta = 0.1) {\n  trace x { x' = -x/(5 ms); on pre { x += 1 } }\n"
    "  on post { w += eta * x }\n  bound w in [0, 1]\n}\n"
    "experiment E {\n  timestep 1 ms\n  population z[3]: N()\n"
    "  projection W: z -> z.I, via Box(), learning R()\n"
    "  projection V: z -> z.I, via Box(), learning R()\n";

std::unique_ptr<Compiled> compile_body(const std::string& body) {
  auto compiled = compile_text(kDeclarations + body + "  record W.w\n}\n");
  EXPECT_TRUE(compiled->plan) << compiled->messages();
  EXPECT_EQ(compiled->plan ? compiled->errors() : "", "");
  return compiled;
}

const plan::Stage* stage_of(const plan::Plan& plan, plan::ScheduleId schedule,
                            plan::Stage::Kind kind) {
  for (const plan::Stage& stage : plan.schedules[schedule].stages)
    if (stage.kind == kind) return &stage;
  return nullptr;
}

std::size_t items_in(const plan::Plan& plan, plan::ScheduleId schedule, plan::Stage::Kind kind) {
  const plan::Stage* stage = stage_of(plan, schedule, kind);
  return stage == nullptr ? 0 : stage->items.size();
}

TEST(Phases, ALagIsASecondScheduleAndNoFlag) {
  const auto compiled =
      compile_body("  phase p { learn W after 4 ms }\n  run 10 ms in p\n  run 5 ms in p\n");
  const plan::Plan& plan = *compiled->plan;
  ASSERT_EQ(plan.phases.size(), 1U);
  const auto& segments = plan.phases[plan::PhaseId{0}].parts.at(0).segments;
  ASSERT_EQ(segments.size(), 2U);
  EXPECT_EQ(stage_of(plan, segments[0].schedule, plan::Stage::Kind::Learn), nullptr);
  EXPECT_EQ(stage_of(plan, segments[0].schedule, plan::Stage::Kind::Constrain), nullptr);
  EXPECT_EQ(items_in(plan, segments[1].schedule, plan::Stage::Kind::Learn), 1U);
  EXPECT_EQ(items_in(plan, segments[1].schedule, plan::Stage::Kind::Constrain), 1U);
}

TEST(Phases, TracesGoOnWhileTheirRuleDoesNotLearn) {
  const auto compiled = compile_body("  phase p { learn W }\n  run 10 ms in p\n  run 10 ms\n");
  const plan::Plan& plan = *compiled->plan;
  ASSERT_EQ(plan.schedules.size(), 2U);
  EXPECT_EQ(items_in(plan, plan::ScheduleId{0}, plan::Stage::Kind::Learn), 1U);
  EXPECT_EQ(items_in(plan, plan::ScheduleId{1}, plan::Stage::Kind::Learn), 2U);
  EXPECT_EQ(items_in(plan, plan::ScheduleId{0}, plan::Stage::Kind::Jump),
            items_in(plan, plan::ScheduleId{1}, plan::Stage::Kind::Jump));
}

TEST(Phases, ASilentProjectionIsNotAddedUp) {
  const auto compiled = compile_body(
      "  phase p { silence V }\n  phase q { silence z }\n"
      "  run 10 ms in p\n  run 10 ms in q\n  run 10 ms frozen\n");
  const plan::Plan& plan = *compiled->plan;
  const auto evaluated = [&](std::uint32_t schedule) {
    return items_in(plan, plan::ScheduleId{schedule}, plan::Stage::Kind::Evaluate);
  };
  EXPECT_EQ(evaluated(0), 3U);  // psp and sum of W, the neurons
  EXPECT_EQ(evaluated(1), 1U);
  EXPECT_EQ(evaluated(2), 5U);
}

TEST(Phases, RunsThatDifferInTheirDurationOnlyShareTheirCode) {
  const auto compiled = compile_body(
      "  phase p { learn W after 2 ms }\n  run 10 ms in p\n  run 5 ms in p\n  run 3 ms frozen\n");
  EXPECT_EQ(compiled->plan->phases.size(), 2U);
  EXPECT_EQ(compiled->plan->schedules.size(), 2U) << "before the lag nothing learns either";
}

TEST(Phases, ValuesHoldInTheOrderOfTheirAssignments) {
  const auto compiled =
      compile_body("  phase p { z.p = 0.25; z.p *= 2; W.R.eta = 0.2 }\n  run 10 ms in p\n");
  const plan::Plan& plan = *compiled->plan;
  const auto& changes = plan.phases[plan::PhaseId{0}].overrides;
  ASSERT_EQ(changes.size(), 3U);
  EXPECT_EQ(changes[0].column, changes[1].column);
  EXPECT_EQ(plan.columns[changes[2].column].name, "E/W.R.eta");
}

}  // namespace
}  // namespace bouton::lower
