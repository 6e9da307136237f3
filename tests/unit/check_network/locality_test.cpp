#include "compiler/check/locality.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/check_network/checked.h"

namespace bouton {
namespace {

using testing::HasSubstr;

std::string report_of(const Checked& checked) {
  if (!checked.program) return checked.messages();
  return check::render_locality(check::build_locality_report(*checked.program));
}

TEST(Locality, ARuleThatReadsItsPartnersIsLocal) {
  const Checked checked = check_with_components("");
  EXPECT_THAT(report_of(checked), HasSubstr("rule `Follow`: local; reads w, post.r\n"));
  EXPECT_THAT(report_of(checked), HasSubstr("rule `R`: local; reads c, pre spikes, post spikes\n"));
}

TEST(Locality, ABroadcastIsListed) {
  const Checked checked =
      check_text("rule Reward(eta = 1/s) { broadcast reward\n w' = eta * reward * pre.y }\n");
  EXPECT_THAT(
      report_of(checked),
      HasSubstr("rule `Reward`: local with a broadcast; reads w, pre.y, broadcast reward\n"));
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
              HasSubstr("weight transport in `Net`: `down` is tied to `-transpose(up.w)`\n"));
}

TEST(Locality, WeightWritesOfTheExperimentAreCounted) {
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
  EXPECT_THAT(report_of(checked), HasSubstr("weights written by `E`: `W.w` by 3 statements\n"));
}

}  // namespace
}  // namespace bouton
