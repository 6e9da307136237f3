// Spikes that arrive later than they are fired: which queues and histories a plan has for them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/lower/lowered.h"

namespace bouton::lower {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

// Neurons that can spike every 10 steps, with two projections.
std::unique_ptr<Compiled> network(const std::string& a, const std::string& b) {
  auto compiled = compile_text(
      "synapse Box { psp(s) = if 0 < s and s < 8 ms: 1 else: 0\n renewing }\n"
      "neuron Unit {\n  input I\n  spike at rate exp(I)/timestep\n  refractory 10 ms\n}\n"
      "rule Nearest {\n  on pair(dt) nearest 2 { w += 1 }\n}\n"
      "experiment E {\n  timestep 1 ms\n  population z[3]: Unit()\n"
      "  projection A: z -> z.I, via Box()" +
      a + "\n  projection B: z -> z.I, via Box()" + b +
      "\n  run 1 s observing { seen = count(z) }\n  record seen\n}\n");
  EXPECT_TRUE(compiled->plan) << compiled->messages();
  return compiled;
}

std::vector<plan::Event> late_events(const plan::Plan& plan) {
  std::vector<plan::Event> late;
  for (const plan::Event& event : plan.events)
    if (event.source == plan::Event::Source::Delayed) late.push_back(event);
  return late;
}

std::vector<std::int64_t> depths(const plan::Plan& plan) {
  std::vector<std::int64_t> depths;
  for (const plan::History& history : plan.histories) {
    const plan::AxisId ring = plan.columns[history.ring].axes.back();
    const plan::HostExpr& extent = plan.extents[plan.axes[ring].extent].value;
    depths.push_back(std::get<plan::HostInteger>(extent.node).value);
  }
  return depths;
}

TEST(Arrivals, WithoutDelaysThereAreNone) {
  EXPECT_THAT(late_events(*network("", "")->plan), IsEmpty());
}

TEST(Arrivals, AreSharedByProjectionsThatAreAsLate) {
  const auto same = network(", axonal 4 ms", ", axonal 1 ms, dendritic 3 ms");
  EXPECT_THAT(late_events(*same->plan), SizeIs(1));
  const auto other = network(", axonal 4 ms", ", axonal 5 ms");
  EXPECT_THAT(late_events(*other->plan), SizeIs(2));
}

// The next spike is not fired before the last one has arrived.
TEST(Arrivals, WithinARefractoryPeriodNeedNoHistory) {
  const auto compiled = network(", axonal 10 ms", "");
  EXPECT_FALSE(late_events(*compiled->plan).front().queue);
  EXPECT_THAT(depths(*compiled->plan), IsEmpty());
}

TEST(Arrivals, BeyondARefractoryPeriodAreFoundInTheHistoryOfSpikes) {
  const auto eleven = network(", axonal 11 ms", "");
  ASSERT_TRUE(late_events(*eleven->plan).front().queue);
  EXPECT_THAT(depths(*eleven->plan), ElementsAre(2));
  EXPECT_THAT(depths(*network(", axonal 20 ms", "")->plan), ElementsAre(2));
  EXPECT_THAT(depths(*network(", axonal 21 ms", ", axonal 95 ms")->plan), ElementsAre(10));
}

// Of spikes as they are fired the post side's, of arrivals the pre side's.
TEST(Arrivals, HaveAHistoryForPairs) {
  const auto compiled = network(", axonal 4 ms, learning Nearest()", "");
  EXPECT_THAT(depths(*compiled->plan), ElementsAre(2, 2));
  const plan::Handler& pairs = compiled->plan->handlers[plan::HandlerId{0}];
  ASSERT_TRUE(pairs.pairs);
  EXPECT_EQ(compiled->plan->events[pairs.pairs->pre].source, plan::Event::Source::Delayed);
  EXPECT_EQ(compiled->plan->events[pairs.pairs->post].source, plan::Event::Source::HazardCrossing);
}

}  // namespace
}  // namespace bouton::lower
