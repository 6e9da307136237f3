#include "compiler/check/locality.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/check_network/checked.h"

namespace bouton {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;

std::string report_of(const Checked& checked) {
  if (!checked.program) return checked.messages();
  source::SourceMap sources;
  static_cast<void>(sources.add_text("test.bouton", checked.text));
  return check::render_locality(check::build_locality_report(*checked.program), sources);
}

TEST(Locality, ARuleThatReadsItsPartnersIsLocal) {
  const std::string report = report_of(check_with_components(""));
  EXPECT_THAT(report, ContainsRegex("rule Follow: local .*\n"
                                    "  reads   its synapse              w\n"
                                    "  reads   its postsynaptic neuron  r\n"
                                    "  writes  its synapse              w\n"));
  EXPECT_THAT(report, ContainsRegex("rule R: local .*\n"
                                    "  reads   its synapse              c\n"
                                    "  reads   its presynaptic neuron   spikes\n"
                                    "  reads   its postsynaptic neuron  spikes\n"
                                    "  writes  its synapse              c\n"));
}

TEST(Locality, TracesAndValuesOfTheStepBeforeAreListed) {
  const Checked checked = check_text(R"(
rule Traced(tau = 10 ms) {
  trace x { x' = -x/tau; on pre { x += 1 } }
  on step { if prev(pre.spiked) { w += x } }
  bound w in [0, 1]
}
)");
  EXPECT_THAT(report_of(checked),
              HasSubstr("  reads   its synapse             w, x\n"
                        "  reads   its presynaptic neuron  prev(spiked), spikes\n"
                        "  writes  its synapse             w, x\n"));
}

TEST(Locality, ABroadcastIsListed) {
  const Checked checked =
      check_text("rule Reward(eta = 1/s) { broadcast reward\n w' = eta * reward * pre.y }\n");
  EXPECT_THAT(report_of(checked),
              HasSubstr("rule Reward: local with a broadcast  (test.bouton:1:6)\n"));
  EXPECT_THAT(report_of(checked), ContainsRegex("  reads   broadcast +reward\n"));
}

TEST(Locality, ANonlocalRuleIsCalledSo) {
  const Checked checked = check_text("rule Far { nonlocal\n on pre { w += 1 } }\n");
  EXPECT_THAT(report_of(checked), HasSubstr("rule Far: nonlocal  (test.bouton:1:6)\n"));
}

TEST(Locality, TiedWeightsAreWeightTransport) {
  const Checked checked = check_with_components(R"(
circuit Net(n = 3) {
  population a[n]: N()
  population b[n]: N()
  projection up: a -> b.I, via S()
  projection down: b -> a.I, via S(), weights tied to -transpose(up.w)
}
)");
  EXPECT_THAT(report_of(checked),
              ContainsRegex("  down.w is -transpose\\(up.w\\)  in Net  test.bouton:[0-9]+:55\n"));
}

TEST(Locality, WeightWritesOfTheExperimentAreListedWithTheirPlaces) {
  const Checked checked = check_with_components(R"(
experiment E {
  timestep 1 ms
  population z[3]: N()
  projection W: z -> z.I, no self, via S(), learning R()
  W.w = 1
  run 10 ms
  if max(W.w) > 2 { W.w[0, 1] = 2 }
  clip W.w to [0, 1]
  W.R.c = 0
  record w = W.w
}
)");
  EXPECT_THAT(report_of(checked),
              ContainsRegex("weights written by the experiment\n"
                            "  W.w  in E  W.w = 1 +test.bouton:[0-9]+:3\n"
                            " +W.w\\[0, 1\\] = 2 +test.bouton:[0-9]+:21\n"
                            " +clip W.w to \\[0, 1\\] +test.bouton:[0-9]+:3\n$"));
  EXPECT_THAT(report_of(checked), ContainsRegex("  learns  at W in E +test.bouton:"));
}

}  // namespace
}  // namespace bouton
