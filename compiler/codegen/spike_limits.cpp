#include "compiler/codegen/spike_limits.h"

#include <llvm/IR/Intrinsics.h>

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "compiler/codegen/library.h"
#include "compiler/codegen/operations.h"
#include "compiler/codegen/partial_body.h"
#include "runtime/random/spike_limit.h"

namespace bouton::codegen {

namespace {

constexpr std::int64_t kPlaces = 4;  // bits that tell kept steps apart
constexpr std::int64_t kSteps = 1 << kPlaces;
constexpr int kWidth = 16;                // of the vectors in which they are computed
constexpr std::int64_t kMostNeurons = 7;  // more fill a vector in each step

llvm::Value* emit_limits(Emission& e, llvm::Value* words) {
  llvm::Value* wide = e.ir.CreateZExt(words, e.vector_of(e.ir.getInt64Ty()));
  return call_library(e, "spike_limit_u64", std::array{wide}, e.ir.getDoubleTy());
}

}  // namespace

SpikeLimits::SpikeLimits(Emission& e, const plan::Schedule& schedule,
                         const plan::SkippableKernels& skippable)
    : e_(e) {
  for (const plan::Stage& stage : schedule.stages)
    for (const plan::Item& item : stage.items) {
      const auto* kernel = std::get_if<plan::KernelId>(&item.what);
      if (kernel == nullptr || !item.when.empty() || skippable.contains(*kernel)) continue;
      const auto neurons = e.known_length(e.plan.kernels[*kernel].space);
      if (!neurons || *neurons > kMostNeurons) continue;
      if (auto test = plan::find_limited_test(e.plan, e.plan.kernels[*kernel]))
        keep(*kernel, *std::move(test), *neurons);
    }
  for (Group& group : groups_) reserve(group);
  if (!groups_.empty()) block_ = e.local(e.ir.getInt64Ty(), e.whole(-1), "sixteen");
}

void SpikeLimits::keep(plan::KernelId id, plan::LimitedTest test, std::int64_t neurons) {
  const auto count = static_cast<std::size_t>(neurons);
  if (groups_.empty() || groups_.back().cells.size() + count > kWidth) groups_.emplace_back();
  Group& group = groups_.back();
  llvm::Constant* stream = stream_bits_of(e_, e_.plan.kernels[id].body[test.word.value]);
  kept_.emplace(id, Kept{std::move(test), groups_.size() - 1, group.cells.size()});
  for (std::int64_t neuron = 0; neuron < neurons; ++neuron)
    group.cells.push_back({stream, e_.whole(neuron)});
}

// Vectors may reach behind the last cell.
void SpikeLimits::reserve(Group& group) {
  group.stride = static_cast<int>(std::bit_ceil(group.cells.size()));
  const auto cells = static_cast<std::uint64_t>((kSteps * group.stride) + kWidth);
  const auto array = [&](llvm::Type* type, const char* name) {
    return e_.local(llvm::ArrayType::get(type, cells), nullptr, name);
  };
  group.words = array(e_.ir.getInt32Ty(), "words");
  group.limits = array(e_.ir.getDoubleTy(), "limits");
}

void SpikeLimits::begin_step() {
  if (groups_.empty()) return;
  llvm::Value* block = e_.ir.CreateAShr(e_.step, kPlaces);
  llvm::Value* kept = e_.ir.CreateLoad(block->getType(), block_);
  e_.if_true(e_.ir.CreateICmpNE(block, kept), [&] {
    e_.ir.CreateStore(block, block_);
    for (const Group& group : groups_) fill(group, e_.ir.CreateShl(block, kPlaces));
  });
}

void SpikeLimits::fill(const Group& group, llvm::Value* begin) {
  const int steps_of_vector = kWidth / group.stride;
  std::vector<llvm::Constant*> streams;
  std::vector<llvm::Constant*> neurons;
  std::vector<llvm::Constant*> steps;
  for (int i = 0; i < kWidth; ++i) {
    const auto cell = static_cast<std::size_t>(i % group.stride);
    const Cell& at = group.cells[std::min(cell, group.cells.size() - 1)];
    streams.push_back(at.stream);
    neurons.push_back(at.neuron);
    steps.push_back(e_.whole(i / group.stride));
  }
  const auto for_each_vector = [&](const std::function<void(llvm::Value*, llvm::Value*)>& body) {
    e_.loop(e_.whole(0), e_.whole(kSteps), steps_of_vector, [&](llvm::Value* step) {
      e_.with_width(kWidth, [&] { body(step, e_.ir.CreateMul(step, e_.whole(group.stride))); });
    });
  };
  for_each_vector([&](llvm::Value* step, llvm::Value* cell) {
    llvm::Value* ordinals =
        e_.ir.CreateAdd(e_.splat(e_.ir.CreateAdd(begin, step)), llvm::ConstantVector::get(steps));
    llvm::Value* words = emit_one_word_draws(e_, llvm::ConstantVector::get(streams),
                                             llvm::ConstantVector::get(neurons), ordinals);
    e_.ir.CreateAlignedStore(words, e_.cell(group.words, cell), llvm::Align(4));
  });
  for_each_vector([&](llvm::Value*, llvm::Value* cell) {
    llvm::Value* words = e_.ir.CreateAlignedLoad(e_.vector_of(e_.ir.getInt32Ty()),
                                                 e_.cell(group.words, cell), llvm::Align(4));
    e_.ir.CreateAlignedStore(emit_limits(e_, words), e_.cell(group.limits, cell), llvm::Align(8));
  });
}

llvm::Value* SpikeLimits::look_up(llvm::AllocaInst* array, const Kept& kept,
                                  llvm::Value* first_neuron) {
  llvm::Value* step = e_.ir.CreateAnd(e_.step, e_.whole(kSteps - 1));
  llvm::Value* cell = e_.ir.CreateMul(step, e_.whole(groups_[kept.group].stride));
  cell = e_.ir.CreateAdd(cell, e_.whole(static_cast<std::int64_t>(kept.first_cell)));
  cell = e_.ir.CreateAdd(cell, first_neuron);
  llvm::Type* element = array->getAllocatedType()->getArrayElementType();
  const llvm::Align align(element->getPrimitiveSizeInBits() / 8);
  return e_.ir.CreateAlignedLoad(e_.vector_of(element), e_.cell(array, cell), align);
}

// What the limits say, and the test itself where they leave it open. `values` are those of the ops
// that the argument follows from.
llvm::Value* SpikeLimits::decide(const plan::Kernel& kernel, const Kept& kept,
                                 const Position& position, std::vector<llvm::Value*> values) {
  const Group& group = groups_[kept.group];
  const plan::LimitedTest& test = kept.test;
  llvm::Value* neuron = position.at(kernel.space.front()).first;
  llvm::Value* argument = values[test.argument.value];
  const auto number = [&](double real) { return llvm::ConstantFP::get(argument->getType(), real); };
  llvm::Value* distance = e_.ir.CreateFSub(argument, look_up(group.limits, kept, neuron));
  llvm::Value* is_above = e_.ir.CreateFCmpOGT(distance, number(0));
  llvm::Value* size = e_.ir.CreateUnaryIntrinsic(llvm::Intrinsic::fabs, distance);
  llvm::Value* decided = e_.ir.CreateFCmpOGT(size, number(runtime::random::kSpikeMargin));
  llvm::AllocaInst* below = e_.local(is_above->getType(), is_above, "below");
  Position open = position;
  open.active = e_.both(effective(e_, position), e_.ir.CreateNot(decided));
  const auto test_exactly = [&] {
    values[test.word.value] = look_up(group.words, kept, neuron);
    e_.is_far = true;
    const auto exact = emit_ops(e_, kernel, open, {}, test.exactly, std::move(values));
    e_.is_far = false;
    e_.ir.CreateStore(e_.ir.CreateSelect(decided, is_above, exact[test.below.value]), below);
  };
  e_.if_true(e_.any(open.active), test_exactly, Emission::Chance::Rare);
  return e_.ir.CreateLoad(below->getAllocatedType(), below);
}

std::vector<llvm::Value*> SpikeLimits::emit_body_of(plan::KernelId id, const Position& position) {
  const plan::Kernel& kernel = e_.plan.kernels[id];
  const Kept& kept = kept_.at(id);
  OpSet sources(kernel.body.size(), false);
  add_sources(kernel, kept.test.argument, sources);
  auto values = emit_ops(e_, kernel, position, {}, sources,
                         std::vector<llvm::Value*>(kernel.body.size(), nullptr));
  values[kept.test.below.value] = decide(kernel, kept, position, values);
  OpSet part = kept.test.exactly;
  part[kept.test.word.value] = true;
  return emit_rest(e_, kernel, position, part, std::move(values));
}

}  // namespace bouton::codegen
