// Traces are stored once per neuron where nothing but one side of the projection bears on them, and
// jump in every step order, whether rules learn or not.
#include "tests/unit/lower/lowered.h"

namespace bouton::lower {
namespace {

std::string program(const std::string& rule, const std::string& statements = "",
                    const std::string& target = "q") {
  return "neuron N(rate = 10 Hz) {\n  input I\n  state h = 0\n  spike at rate rate { h += 1 }\n}\n"
         "synapse Box(tau = 10 ms) {\n"
         "  psp(s) = if 0 < s and s <= tau: 1 else: 0\n  renewing\n}\n"
         "rule R(tau = 20 ms) {\n" +
         rule +
         "}\n"
         "experiment E {\n  timestep 1 ms\n  population p[6]: N()\n  population q[4]: N()\n"
         "  projection W: p -> " +
         target + ".I, via Box(), learning r = R()\n" + statements +
         "  run 10 ms observing { spikes = count(q) }\n  run 10 ms frozen\n"
         "  record spikes, w = W.w\n}\n";
}

std::size_t elements_of(const plan::Plan& plan, const std::string& column) {
  for (const plan::Column& candidate : plan.columns) {
    if (candidate.name != column) continue;
    std::size_t elements = 1;
    for (const plan::AxisId axis : candidate.axes) {
      const auto& extent = plan.extents[plan.axes[axis].extent].value;
      elements *= static_cast<std::size_t>(std::get<plan::HostInteger>(extent.node).value);
    }
    return elements;
  }
  ADD_FAILURE() << "no column " << column;
  return 0;
}

std::size_t elements_of_trace(const std::string& text) {
  const auto compiled = compile_text(text);
  if (!compiled->plan) {
    ADD_FAILURE() << compiled->messages();
    return 0;
  }
  EXPECT_EQ(compiled->errors(), "");
  return elements_of(*compiled->plan, "E/W.r.x");
}

TEST(Traces, OfPreSpikesAreStoredPerPreNeuron) {
  EXPECT_EQ(elements_of_trace(program("  trace x { x' = -x/tau; on pre { x += 1 } }\n"
                                      "  on post { w += x }\n")),
            6U);
}

TEST(Traces, OfPostSpikesAreStoredPerPostNeuron) {
  EXPECT_EQ(elements_of_trace(program("  trace x { x' = -x/tau; on post { x += post.h } }\n"
                                      "  on pre { w += x }\n")),
            4U);
}

TEST(Traces, OfBothSidesAreStoredPerSynapse) {
  EXPECT_EQ(
      elements_of_trace(program("  trace x { x' = -x/tau; on pre { x += 1 }; on post { x = 0 } }\n"
                                "  on post { w += x }\n")),
      24U);
  EXPECT_EQ(elements_of_trace(program("  trace x { x' = -x/tau; on pre { x += post.h } }\n"
                                      "  on post { w += x }\n")),
            24U);
}

TEST(Traces, ThatReadTracesOfTheOtherSideAreStoredPerSynapse) {
  EXPECT_EQ(elements_of_trace(program("  trace y { y' = -y/tau; on post { y += 1 } }\n"
                                      "  trace x { x' = -x/tau; on pre { x += y } }\n"
                                      "  on post { w += x }\n")),
            24U);
}

TEST(Traces, WhoseTimeConstantCanDifferBetweenSynapsesAreStoredPerSynapse) {
  EXPECT_EQ(elements_of_trace(program("  trace x { x' = -x/tau; on pre { x += 1 } }\n"
                                      "  on post { w += x }\n",
                                      "  W.r.tau = 5 ms\n")),
            24U);
}

TEST(Traces, ThatReadNeuronsOfAPartOfAPopulationAreStoredPerSynapse) {
  EXPECT_EQ(elements_of_trace(program("  trace x { x' = -x/tau; on post { x += post.h } }\n"
                                      "  on pre { w += x }\n",
                                      "", "q[1 .. 2]")),
            12U);
}

TEST(Traces, JumpByWeightsOrTheStepAreRefused) {
  for (const char* change : {"x += w", "x += t/(1 s)"}) {
    const auto compiled = compile_text(program(std::string("  trace x { x' = -x/tau; on pre { ") +
                                               change + " } }\n" + "  on post { w += x }\n"));
    EXPECT_FALSE(compiled->plan) << change;
    EXPECT_NE(compiled->messages().find("a trace that is no pure decay, or jumps by `w` or `t`"),
              std::string::npos)
        << compiled->messages();
  }
}

TEST(WindowTraces, OfConstantWindowsAreStoredPerNeuronAndNeedNoHistory) {
  const auto compiled =
      compile_text(program("  on pair(dt) all {\n    if dt > 0 { w += dt/tau * exp(-dt/tau) }\n"
                           "    if dt < 0 { w -= exp(dt/tau) }\n  }\n"));
  ASSERT_TRUE(compiled->plan) << compiled->messages();
  EXPECT_EQ(compiled->errors(), "");
  EXPECT_EQ(elements_of(*compiled->plan, "E/W.r.pair 0 pre x0_1"), 6U);
  EXPECT_EQ(elements_of(*compiled->plan, "E/W.r.pair 0 post x0_0"), 4U);
  EXPECT_TRUE(compiled->plan->histories.empty());
}

TEST(WindowTraces, WhoseTimeConstantCanDifferBetweenSynapsesAreStoredPerSynapse) {
  const auto compiled = compile_text(
      program("  on pair(dt) all { if dt > 0 { w += exp(-dt/tau) } }\n", "  W.r.tau = 5 ms\n"));
  ASSERT_TRUE(compiled->plan) << compiled->messages();
  EXPECT_EQ(elements_of(*compiled->plan, "E/W.r.pair 0 pre x0_0"), 24U);
}

bool writes_traces(const plan::Plan& plan, const plan::Schedule& schedule) {
  for (const plan::Stage& stage : schedule.stages)
    for (const plan::Item& item : stage.items) {
      const auto* kernel = std::get_if<plan::KernelId>(&item.what);
      if (kernel == nullptr || stage.kind != plan::Stage::Kind::Jump) continue;
      for (const plan::ColumnId column : plan.kernels[*kernel].writes)
        if (plan.columns[column].role == plan::Role::TraceBase) return true;
    }
  return false;
}

TEST(Traces, JumpInEveryStepOrder) {
  const auto compiled =
      compile_text(program("  trace x { x' = -x/tau; on pre { x += 1 } }\n  on post { w += x }\n"));
  ASSERT_TRUE(compiled->plan) << compiled->messages();
  ASSERT_EQ(compiled->plan->schedules.size(), 2U);  // learning and frozen
  for (const plan::Schedule& schedule : compiled->plan->schedules)
    EXPECT_TRUE(writes_traces(*compiled->plan, schedule));
}

}  // namespace
}  // namespace bouton::lower
