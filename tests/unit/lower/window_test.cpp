// How many spikes `on pair(dt) all` has to remember follows from where its window ends. A window
// that the experiment could make longer while it runs is refused.
#include "tests/unit/lower/lowered.h"

namespace bouton::lower {
namespace {

std::unique_ptr<Compiled> compile_window(const std::string& body, const std::string& assignment) {
  return compile_text(
      "neuron N(rate = 10 Hz) {\n  input I\n  spike at rate rate\n}\n"
      "synapse Box(tau = 3 ms) {\n  psp(s) = if 0 < s and s <= tau: 1 else: 0\n  renewing\n}\n"
      "rule R(tau = 5 ms, share = 0.5, wide = true) {\n  state c = 0\n  on pre { c += if wide: "
      "share * tau/(1 ms) else: 0 }\n"
      "  on pair(dt) all {\n    " +
      body +
      "\n  }\n}\n"
      "experiment E {\n  timestep 1 ms\n  population z[3]: N()\n"
      "  projection W: z -> z.I, via Box(), learning r = R()\n  " +
      assignment + "\n  run 10 ms\n  record c = W.r.c, W.r.tau, W.r.share, W.r.wide\n}\n");
}

void expect_refused(const std::string& body, const std::string& assignment) {
  const auto compiled = compile_window(body, assignment);
  EXPECT_FALSE(compiled->plan) << body;
  EXPECT_NE(compiled->messages().find("a window whose length the experiment assigns"),
            std::string::npos)
      << body << "\n"
      << compiled->messages();
}

TEST(Windows, ALengthThatIsAssignedIsRefusedWhereverItEndsTheWindow) {
  expect_refused("if abs(dt) < tau { c += 1 }", "W.r.tau = 9 ms");
  expect_refused("c += if abs(dt) < tau: 1 else: 0", "W.r.tau = 9 ms");
  expect_refused("c -= max(0, 1 - abs(dt)/tau)", "W.r.tau = 9 ms");
  expect_refused("c -= min(0, abs(dt)/tau - 1)", "W.r.tau = 9 ms");
}

TEST(Windows, AConditionThatIsAssignedIsRefused) {
  expect_refused("if wide and abs(dt) < 9 ms { c += 1 }\n    if abs(dt) < 2 ms { c += 1 }",
                 "W.r.wide = false");
}

TEST(Windows, AFactorMayBeAssigned) {
  const auto compiled = compile_window("c -= share * max(0, 1 - abs(dt)/tau)", "W.r.share = 0.25");
  EXPECT_TRUE(compiled->plan) << compiled->messages();
}

TEST(Windows, AClampWithinAWindowDoesNotHideItsEnd) {
  const auto compiled =
      compile_window("if abs(dt) < 2*tau { c += max(-1, min(1, dt/tau)) }", "W.r.share = 0.25");
  EXPECT_TRUE(compiled->plan) << compiled->messages();
}

}  // namespace
}  // namespace bouton::lower
