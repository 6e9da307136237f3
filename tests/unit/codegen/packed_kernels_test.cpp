// Kernels of several populations in one vector compute what each of them computes alone.
#include <gtest/gtest.h>

#include "runtime/math/math.h"
#include "runtime/random/draws.h"
#include "runtime/random/stream.h"
#include "tests/unit/codegen/small_plan.h"

namespace bouton::codegen {
namespace {

using plan::OpCode;
namespace random = runtime::random;

const std::vector<CodeShape> kShapes = {{1, 1, 0}, {1, 2, 3},  {1, 4, 3}, {1, 8, 0},
                                        {1, 8, 3}, {1, 16, 3}, {4, 1, 3}};

constexpr int kSteps = 12;

// Populations of which each has numbers of its own.
struct Populations {
  plan::Plan plan;
  plan::CircuitId circuit;
  std::vector<std::int64_t> sizes;
  std::vector<plan::AxisId> axes;
  std::vector<plan::ColumnId> x, word, kept;
  std::vector<plan::FaultId> faults;
  std::vector<plan::KernelId> kernels;

  explicit Populations(std::vector<std::int64_t> of) : sizes(std::move(of)) {
    plan.timestep = 1;
    plan.seed = plan::whole(0);
    circuit = plan::add_circuit(plan, "circuit");
    plan::Pack pack;
    for (std::size_t part = 0; part < sizes.size(); ++part) {
      axes.push_back(plan::add_neuron_axis(plan, "z", sizes[part]));
      pack.populations.push_back(plan.populations.add({"z", axes[part], circuit}));
      const auto column = [&](const char* name, plan::Type type) {
        return plan::add_column(plan, name, type, {axes[part]}, plan::Role::State);
      };
      x.push_back(column("x", plan::kReal));
      word.push_back(column("word", plan::kU32));
      kept.push_back(column("kept", plan::kReal));
      plan.columns[kept[part]].buffers.previous = true;
      plan::Fault fault;
      fault.kind = plan::Fault::Kind::Input;
      faults.push_back(plan.faults.add(fault));
    }
    pack.rows = {x, word, kept};
    plan.packs.add(std::move(pack));
  }

  [[nodiscard]] static double rate_of(std::size_t part) {
    return 0.1 * static_cast<double>(part + 1);
  }
  [[nodiscard]] static std::string site_of(std::size_t part) { return "z" + std::to_string(part); }

  // x = exp(-rate * x) + index + kept of the step before, where x is at most 50; kept = x; a word
  // of the step.
  void add_kernel(std::size_t part) {
    const auto stream = plan.streams.add({site_of(part), plan::Stream::Key::Step, std::nullopt});
    plan::KernelBuilder k(plan, "evaluate", circuit, {axes[part]});
    const auto held = k.load(x[part]);
    k.require(faults[part], k.op(OpCode::LessEqualReal, held, k.real(50)), held);
    const auto decayed = k.math("exp", k.op(OpCode::MultiplyReal, k.real(-rate_of(part)), held));
    const auto index = k.op(OpCode::IntToReal, k.index(axes[part]));
    const auto sum = k.op(OpCode::AddReal, decayed, index);
    const auto next = k.op(OpCode::AddReal, sum, k.load(kept[part], plan::Version::PreviousStep));
    k.store(word[part], k.word(stream, k.index(axes[part]), k.step()));
    k.store(kept[part], held);
    k.store(x[part], next);
    kernels.push_back(k.finish());
  }

  plan::ScheduleId finish() {
    plan::Schedule all;
    all.name = "all";
    all.circuit = circuit;
    all.stages.push_back({plan::Stage::Kind::Evaluate, {}, {}});
    all.stages.push_back({plan::Stage::Kind::Commit, {}, kept});
    for (std::size_t part = 0; part < sizes.size(); ++part) {
      add_kernel(part);
      all.stages.front().items.push_back(plan::item(kernels.back()));
    }
    plan::complete_checkpoint(plan);
    return plan.schedules.add(std::move(all));
  }
};

TEST(PackedKernels, GiveWhatEachPopulationComputesAlone) {
  for (const std::vector<std::int64_t>& sizes :
       {std::vector<std::int64_t>{1, 1}, {1, 2, 3}, {3, 1, 4}, {2, 1}, {7, 1}}) {
    Populations p(sizes);
    const auto schedule = p.finish();
    for (const Options& options : on_both_processors(kShapes)) {
      Machine machine(p.plan, options);
      ASSERT_EQ(machine.advance(schedule, 0, kSteps), kSteps);
      for (std::size_t part = 0; part < sizes.size(); ++part) {
        const std::uint64_t stream =
            random::stream_of(Populations::site_of(part), random::DrawKind::SpikeProbability).bits;
        for (std::int64_t i = 0; i < sizes[part]; ++i) {
          double x = 0, kept = 0;
          for (int step = 0; step < kSteps; ++step) {
            const double next =
                runtime::math::exp(-Populations::rate_of(part) * x) + static_cast<double>(i) + kept;
            kept = x;
            x = next;
          }
          EXPECT_EQ(machine.at<double>(p.x[part], i), x) << "population " << part << ", " << i;
          EXPECT_EQ(machine.at<std::uint32_t>(p.word[part], i),
                    random::draw_word<std::uint64_t>(0, stream, static_cast<std::uint64_t>(i),
                                                     kSteps - 1));
        }
      }
    }
  }
}

// Neurons of two populations fail in one step: the first population's is named, in whatever order
// a vector finds them.
TEST(PackedKernels, TheFirstPopulationThatFailsIsNamed) {
  Populations p({2, 3, 2});
  const auto schedule = p.finish();
  for (const Options& options : on_both_processors(kShapes)) {
    Machine machine(p.plan, options);
    machine.at<double>(p.x[1], 2) = 51;
    machine.at<double>(p.x[2], 0) = 52;
    EXPECT_EQ(machine.advance(schedule, 0, 9), 0);
    EXPECT_EQ(machine.status().fault, std::int64_t{p.faults[1].value} + 1);
    EXPECT_EQ(machine.status().index, 2);
    EXPECT_EQ(machine.status().value, 51);
  }
}

TEST(PackedKernels, ColumnsLieSideBySideWhereVectorsLieAlongNeurons) {
  Populations p({1, 2, 3});
  static_cast<void>(p.finish());
  const Machine alone(p.plan, {1, 8, 0, ""});
  const auto& packed = alone.code().layout.columns;
  for (const auto& row : p.plan.packs[plan::PackId{0}].rows) {
    const std::int64_t cell = bytes_of(packed[row[0].value].type);
    EXPECT_EQ(packed[row[1].value].offset, packed[row[0].value].offset + cell);
    EXPECT_EQ(packed[row[2].value].offset, packed[row[1].value].offset + 2 * cell);
    for (const Options& other : {Options{4, 1, 0, ""}, Options{1, 4, 0, ""}}) {
      const Machine machine(p.plan, other);
      const auto& apart = machine.code().layout.columns;
      EXPECT_GE(apart[row[1].value].offset, apart[row[0].value].offset + 64);
    }
  }
  const auto& kept = p.kept;
  EXPECT_EQ(packed[kept[1].value].previous_offset, packed[kept[0].value].previous_offset + 8);
}

}  // namespace
}  // namespace bouton::codegen
