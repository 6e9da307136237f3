// Compiled experiments from end to end, on a small network written as a plan: neuron i fires in
// every step that i + 2 divides, and is active in odd steps.
#include "runtime/host/execute.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "compiler/codegen/codegen.h"
#include "compiler/image/program.h"
#include "compiler/plan/builder.h"
#include "runtime/analysis/result_hash.h"

namespace bouton::runtime {
namespace {

using plan::OpCode;

constexpr int kNeurons = 5;

struct Clockwork {
  plan::Plan plan;
  plan::CircuitId circuit;
  plan::AxisId neurons;
  plan::ColumnId fired, active, level;
  plan::EventId spike;
  plan::PhaseId phase;

  Clockwork() {
    plan.name = "Clockwork";
    plan.timestep = 1;
    plan.seed = plan::whole(0);
    circuit = plan::add_circuit(plan, "circuit");
    neurons = plan::add_neuron_axis(plan, "z", kNeurons);
    fired = plan::add_column(plan, "fired", plan::kBool, {neurons}, plan::Role::Scratch);
    active = plan::add_column(plan, "active", plan::kBool, {neurons}, plan::Role::Scratch);
    level = plan::add_column(plan, "level", plan::kReal, {neurons}, plan::Role::State);
    plan::Event event;
    event.name = "spike";
    event.circuit = circuit;
    event.axis = neurons;
    event.fired = fired;
    spike = plan.events.add(event);
  }

  plan::KernelId step_kernel() {
    plan::KernelBuilder k(plan, "step", circuit, {neurons});
    const auto period = k.op(OpCode::AddInt, k.index(neurons), k.whole(2));
    k.store(fired,
            k.op(OpCode::EqualInt, k.op(OpCode::FloorModuloInt, k.step(), period), k.whole(0)));
    k.store(active,
            k.op(OpCode::EqualInt, k.op(OpCode::FloorModuloInt, k.step(), k.whole(2)), k.whole(1)));
    k.store(level, k.op(OpCode::AddReal, k.load(level), k.real(1)));
    return k.finish();
  }

  plan::ObserverId observe(plan::Observer::Kind kind, std::int64_t every, std::int64_t after) {
    plan::Observer observer;
    observer.circuit = circuit;
    observer.kind = kind;
    const bool of_events =
        kind == plan::Observer::Kind::Count || kind == plan::Observer::Kind::Spikes;
    if (of_events) observer.event = spike;
    if (!of_events)
      observer.what = plan::Read{kind == plan::Observer::Kind::StateHistogram ? active : level, {}};
    observer.every = plan::whole(every);
    observer.after = plan::whole(after);
    return plan.observers.add(observer);
  }

  // One schedule, one phase that observes everything given.
  void complete(const std::vector<plan::ObserverId>& observers) {
    plan::Schedule schedule;
    schedule.name = "all";
    schedule.circuit = circuit;
    schedule.stages.push_back({plan::Stage::Kind::Evaluate, {plan::item(step_kernel())}, {}});
    plan::Stage stage{plan::Stage::Kind::Observe, {}, {}};
    for (const plan::ObserverId observer : observers) {
      plan::Item item;
      item.what = observer;
      stage.items.push_back(item);
    }
    schedule.stages.push_back(stage);
    plan::Phase all;
    all.parts.push_back({circuit, {{plan::whole(0), plan.schedules.add(schedule)}}});
    phase = plan.phases.add(all);
    plan::complete_checkpoint(plan);
  }

  plan::HostVariableId variable(const std::string& name) {
    plan::HostVariable made;
    made.name = name;
    return plan.variables.add(made);
  }
  void state(auto node) { plan.host.body.push_back({std::move(node), {}}); }

  void record(const std::vector<std::pair<std::string, plan::HostExpr>>& cells) {
    plan::RecordTable table;
    plan::HostRecord record;
    for (const auto& [name, value] : cells) {
      table.columns.push_back({name, {}, {}});
      record.cells.push_back(value);
    }
    record.table = plan.record_tables.add(table);
    state(record);
  }
};

// A plan compiled for so many lanes.
class Compiled {
 public:
  Compiled(const plan::Plan& plan, int lanes, int width = 8)
      : code_(compile(plan, lanes, width)), program_(image::build_program(plan, ".")) {}

  // Nothing if the replicas come to differ.
  [[nodiscard]] auto execute(const Block& block, const Listener& listener = {}) const {
    return runtime::execute(program_, {&code_.layout, &code_.advance, &code_.kernels}, block,
                            listener);
  }

 private:
  static codegen::NativeCode compile(const plan::Plan& plan, int lanes, int width) {
    auto compiled = codegen::compile(plan, {lanes, width, 3, ""});
    if (const auto* failure = std::get_if<codegen::Failure>(&compiled))
      throw std::runtime_error(failure->message);
    return std::get<codegen::NativeCode>(std::move(compiled));
  }

  codegen::NativeCode code_;
  Program program_;
};

Block block_of(std::vector<std::uint64_t> seeds) {
  Block block{0, {}};
  block.seeds = std::move(seeds);
  return block;
}

std::vector<ReplicaOutcome> execute_on(const plan::Plan& plan, int lanes, int width = 8) {
  std::vector<std::uint64_t> seeds;
  for (int lane = 0; lane < lanes; ++lane) seeds.push_back(static_cast<std::uint64_t>(lane));
  auto outcomes = Compiled(plan, lanes, width).execute(block_of(seeds));
  if (!outcomes) throw std::runtime_error("lanes differ");
  return *std::move(outcomes);
}

const Value& recorded(const ReplicaOutcome& outcome, const std::string& name) {
  for (const ResultTable& table : outcome.results.tables)
    for (std::size_t i = 0; i < table.names.size(); ++i)
      if (table.names[i] == name) return table.rows.back()[i];
  throw std::runtime_error("no " + name);
}

class EveryBlock : public testing::TestWithParam<std::pair<int, int>> {};
INSTANTIATE_TEST_SUITE_P(Host, EveryBlock,
                         testing::Values(std::pair(1, 1), std::pair(1, 4), std::pair(1, 8),
                                         std::pair(1, 16), std::pair(2, 1), std::pair(8, 1)));

TEST_P(EveryBlock, RunsCountSampleAndCollect) {
  Clockwork c;
  const auto count = c.observe(plan::Observer::Kind::Count, 1, 10);
  const auto spikes = c.observe(plan::Observer::Kind::Spikes, 1, 0);
  const auto samples = c.observe(plan::Observer::Kind::Samples, 7, 3);
  const auto mean = c.observe(plan::Observer::Kind::Mean, 1, 0);
  const auto histogram = c.observe(plan::Observer::Kind::StateHistogram, 3, 0);
  c.complete({count, spikes, samples, mean, histogram});
  plan::HostRun run{plan::whole(1000), c.phase, {}};
  std::vector<std::pair<std::string, plan::HostExpr>> cells;
  const std::vector<std::pair<std::string, plan::ObserverId>> all = {{"count", count},
                                                                     {"spikes", spikes},
                                                                     {"samples", samples},
                                                                     {"mean", mean},
                                                                     {"histogram", histogram}};
  for (const auto& [name, observer] : all) {
    const auto variable = c.variable(name);
    run.results.push_back({observer, variable});
    cells.emplace_back(name, plan::variable(variable));
  }
  c.state(run);
  c.record(cells);
  for (const ReplicaOutcome& outcome : execute_on(c.plan, GetParam().first, GetParam().second)) {
    ASSERT_FALSE(outcome.problem) << outcome.problem->message;
    const auto& counted = *recorded(outcome, "count").as<Tensor>();
    const auto& listed = *recorded(outcome, "spikes").as<SpikeList>();
    std::size_t expected_spikes = 0;
    for (int i = 0; i < kNeurons; ++i) {
      int expected = 0;
      for (int k = 0; k < 1000; ++k) {
        const bool fires = k % (i + 2) == 0;
        expected += fires && k >= 10 ? 1 : 0;
        expected_spikes += fires ? 1 : 0;
      }
      EXPECT_EQ(counted[static_cast<std::size_t>(i)], expected);
    }
    ASSERT_EQ(listed.size(), expected_spikes);
    EXPECT_EQ(listed.step[5], 2);
    EXPECT_EQ(listed.neuron[5], 0);
    const auto& sampled = *recorded(outcome, "samples").as<Tensor>();
    EXPECT_EQ(sampled.shape(), (Shape{143, kNeurons}));
    EXPECT_EQ(sampled.at(1, 2), 11);  // step 10 of the run, after which the level is 11
    EXPECT_EQ(recorded(outcome, "mean").as<Tensor>()->data().front(), 500.5);
    const auto& states = *recorded(outcome, "histogram").as<Tensor>();
    EXPECT_EQ(states.size(), 32U);
    EXPECT_EQ(states[0], 167);
    EXPECT_EQ(states[31], 167);
  }
}

TEST_P(EveryBlock, SpikesAreDrainedWhenTheBufferIsFull) {
  Clockwork c;
  const auto spikes = c.observe(plan::Observer::Kind::Spikes, 1, 0);
  c.complete({spikes});
  const auto variable = c.variable("spikes");
  c.state(plan::HostRun{plan::whole(20000), c.phase, {{spikes, variable}}});
  c.record({{"spikes", plan::variable(variable)}});
  for (const ReplicaOutcome& outcome : execute_on(c.plan, GetParam().first, GetParam().second)) {
    const auto& listed = *recorded(outcome, "spikes").as<SpikeList>();
    EXPECT_EQ(listed.size(), 10000U + 6667U + 5000U + 4000U + 3334U);
    EXPECT_TRUE(std::ranges::is_sorted(listed.step));
  }
}

TEST(Host, LoopsBreakAndRunsContinueWhereTheyStopped) {
  Clockwork c;
  const auto samples = c.observe(plan::Observer::Kind::Last, 1, 0);
  c.complete({samples});
  const auto i = c.variable("i");
  const auto last = c.variable("last");
  plan::HostFor loop;
  loop.variables = {i};
  loop.sequence = {plan::HostRange{plan::whole(1), plan::whole(10), std::nullopt}, {}};
  loop.body.push_back({plan::HostRun{plan::whole(3), c.phase, {{samples, last}}}, {}});
  plan::HostIf stop{plan::binary(plan::HostBinaryOp::Equal, plan::variable(i), plan::whole(4)),
                    {{plan::HostBreak{}, {}}},
                    {}};
  loop.body.push_back({stop, {}});
  c.state(loop);
  c.state(plan::HostReset{{c.level}, {}});
  c.state(plan::HostRun{plan::whole(2), c.phase, {}});
  c.record({{"last", plan::variable(last)},
            {"level", plan::contents(c.level)},
            {"i", plan::variable(i)}});
  const auto outcomes = execute_on(c.plan, 1);
  EXPECT_EQ(recorded(outcomes.front(), "last").as<Tensor>()->data().front(), 12);
  EXPECT_EQ(recorded(outcomes.front(), "level").as<Tensor>()->data().front(), 2);
  EXPECT_EQ(recorded(outcomes.front(), "i").as<Tensor>()->scalar(), 4);
  EXPECT_EQ(outcomes.front().steps, 14);
}

TEST(Host, LanesThatRunDifferentlyAreLeftToBeRunAlone) {
  Clockwork c;
  c.complete({});
  const auto length = c.variable("length");
  plan::HostCall draw;
  draw.function = "uniform";
  draw.arguments = {plan::whole(1), plan::whole(100), {plan::HostArray{{plan::whole(1)}}, {}}};
  draw.site = plan::RandomSite{"Clockwork/length", {}, 0, std::nullopt};
  plan::HostCall round;
  round.function = "round";
  round.arguments = {{draw, {}}};
  c.state(
      plan::HostLet{length, {plan::HostIndex{plan::HostExpr{round, {}}, {plan::whole(0)}}, {}}});
  c.state(plan::HostRun{plan::variable(length), c.phase, {}});
  EXPECT_THROW(execute_on(c.plan, 8), std::runtime_error);
  EXPECT_GE(execute_on(c.plan, 1).front().steps, 1);
}

// Long enough for a look at the listener on the way.
void do_something(Clockwork& c, const std::string& name) {
  plan::HostFor loop;
  loop.variables = {c.variable(name)};
  loop.sequence = {plan::HostRange{plan::whole(1), plan::whole(200), std::nullopt}, {}};
  loop.body.push_back(
      {plan::HostLet{c.variable(name + " twice"), plan::variable(loop.variables[0])}, {}});
  c.state(loop);
}

// In about every second replica: an element that is not there.
void fail_by_chance(Clockwork& c) {
  plan::HostCall draw;
  draw.function = "uniform";
  draw.arguments = {plan::whole(0), plan::whole(1), {plan::HostArray{{plan::whole(1)}}, {}}};
  draw.site = plan::RandomSite{"Clockwork/index", {}, 0, std::nullopt};
  plan::HostCall round;
  round.function = "round";
  round.arguments = {{draw, {}}};
  const plan::HostExpr index{plan::HostIndex{plan::HostExpr{round, {}}, {plan::whole(0)}}, {}};
  const plan::HostExpr numbers{plan::HostArray{{plan::whole(5)}}, {}};
  c.state(plan::HostLet{c.variable("number"), {plan::HostIndex{numbers, {index}}, {}}});
}

// The first seed that fails, or that does not.
std::uint64_t seed_that(bool fails, const plan::Plan& plan) {
  const Compiled alone(plan, 1);
  std::uint64_t seed = 0;
  while (alone.execute(block_of({seed}))->front().problem.has_value() != fails) ++seed;
  return seed;
}

TEST(Host, ABlockWithALaneThatHasFailedIsLeftBeforeItIsSaved) {
  Clockwork c;
  c.complete({});
  do_something(c, "i");
  fail_by_chance(c);
  do_something(c, "j");
  c.state(plan::HostRun{plan::whole(10), c.phase, {}});
  const Block block = block_of({seed_that(true, c.plan), seed_that(false, c.plan)});
  const Compiled both(c.plan, 2);
  std::vector<std::string> states;
  Listener listener;
  listener.is_state_wanted = [] { return true; };
  listener.on_state = [&](const std::string& state) { states.push_back(state); };
  EXPECT_FALSE(both.execute(block, listener));
  ASSERT_FALSE(states.empty());
  for (const std::string& state : states) {
    Block resumed = block;
    resumed.state = state;
    resumed.recorded.resize(2);
    EXPECT_FALSE(both.execute(resumed)) << "the lane goes on behind its problem";
  }
}

}  // namespace
}  // namespace bouton::runtime
