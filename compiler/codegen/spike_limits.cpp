#include "compiler/codegen/spike_limits.h"

#include <llvm/IR/Intrinsics.h>

#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <utility>

#include "compiler/codegen/library.h"
#include "compiler/codegen/operations.h"
#include "compiler/codegen/partial_body.h"
#include "runtime/random/spike_limit.h"

namespace bouton::codegen {

namespace {

constexpr std::int64_t kPlaces = 4;  // bits that tell kept steps apart
constexpr std::int64_t kSteps = 1 << kPlaces;
constexpr std::int64_t kWidth = 16;      // of the vectors in which they are computed
constexpr std::size_t kMostCells = 256;  // what is kept of them stays near the processor

llvm::Value* emit_limits(Emission& e, llvm::Value* words) {
  llvm::Value* wide = e.ir.CreateZExt(words, e.vector_of(e.ir.getInt64Ty()));
  return call_library(e, "spike_limit_u64", std::array{wide}, e.ir.getDoubleTy());
}

// A vector of them, from the element with number `first` (i64) on.
llvm::Value* load_constants(Emission& e, const std::vector<llvm::Constant*>& numbers,
                            llvm::Value* first) {
  if (numbers.size() == kWidth) return llvm::ConstantVector::get(numbers);
  auto* type = llvm::ArrayType::get(e.ir.getInt64Ty(), numbers.size());
  auto* table = new llvm::GlobalVariable(e.module, type, true, llvm::GlobalValue::PrivateLinkage,
                                         llvm::ConstantArray::get(type, numbers));
  llvm::Value* at = e.ir.CreateInBoundsGEP(type, table, {e.whole(0), first});
  return e.ir.CreateAlignedLoad(e.vector_of(e.ir.getInt64Ty()), at, llvm::Align(8));
}

}  // namespace

SpikeLimits::SpikeLimits(Emission& e, const plan::Schedule& schedule,
                         const plan::SkippableKernels& skippable, llvm::Value* until)
    : e_(e), until_(until) {
  find(schedule, skippable);
  if (!kept_.empty() && !reserve()) kept_.clear();
}

void SpikeLimits::find(const plan::Schedule& schedule, const plan::SkippableKernels& skippable) {
  for (const plan::Stage& stage : schedule.stages)
    for (const plan::Item& item : stage.items) {
      const auto* id = std::get_if<plan::KernelId>(&item.what);
      if (id == nullptr || !item.when.empty() || skippable.contains(*id)) continue;
      const plan::Kernel& kernel = e_.plan.kernels[*id];
      const auto neurons = e_.known_length(kernel.space);
      if (!neurons || *neurons == 0 ||
          cells_.size() + static_cast<std::size_t>(*neurons) > kMostCells)
        continue;
      auto test = plan::find_limited_test(e_.plan, kernel);
      if (!test) continue;
      llvm::Constant* stream = stream_bits_of(e_, kernel.body[test->word.value]);
      kept_.emplace(*id, Kept{*std::move(test), cells_.size()});
      for (std::int64_t neuron = 0; neuron < *neurons; ++neuron)
        cells_.push_back({stream, e_.whole(neuron)});
    }
}

bool SpikeLimits::decides_in_a_row(const std::vector<plan::KernelId>& kernels) const {
  std::optional<std::size_t> next;
  return std::ranges::all_of(kernels, [&](plan::KernelId id) {
    const auto kept = kept_.find(id);
    if (kept == kept_.end() || (next && kept->second.first_cell != *next)) return false;
    const std::int64_t neurons = *e_.known_length(e_.plan.kernels[id].space);
    next = kept->second.first_cell + static_cast<std::size_t>(neurons);
    return true;
  });
}

// Vectors hold several steps, or a step takes several vectors. They may reach behind the last cell.
bool SpikeLimits::reserve() {
  const std::size_t vectors = (cells_.size() + kWidth - 1) / kWidth;
  stride_ = cells_.size() < kWidth ? static_cast<std::int64_t>(std::bit_ceil(cells_.size()))
                                   : static_cast<std::int64_t>(vectors) * kWidth;
  const std::int64_t cells = (kSteps * stride_) + kWidth;
  if (!e_.reserve_stack(cells * 12)) return false;
  const auto array = [&](llvm::Type* type, const char* name) {
    return e_.local(llvm::ArrayType::get(type, static_cast<std::uint64_t>(cells)), nullptr, name);
  };
  words_ = array(e_.ir.getInt32Ty(), "words");
  limits_ = array(e_.ir.getDoubleTy(), "limits");
  block_ = e_.local(e_.ir.getInt64Ty(), e_.whole(-1), "sixteen");
  return true;
}

void SpikeLimits::begin_step() {
  if (kept_.empty()) return;
  llvm::Value* block = e_.ir.CreateAShr(e_.step, kPlaces);
  llvm::Value* kept = e_.ir.CreateLoad(block->getType(), block_);
  e_.if_true(e_.ir.CreateICmpNE(block, kept), [&] {
    e_.ir.CreateStore(block, block_);
    fill(e_.ir.CreateShl(block, kPlaces));
  });
}

// From this step on, as far as the call goes. Words first: both loops are short enough for a
// processor to be in several turns at once.
void SpikeLimits::fill(llvm::Value* begin) {
  const std::int64_t steps_of_vector = std::max(kWidth / stride_, std::int64_t{1});
  llvm::Value* from = e_.ir.CreateAnd(e_.step, e_.whole(kSteps - steps_of_vector));
  llvm::Value* until = e_.ir.CreateBinaryIntrinsic(
      llvm::Intrinsic::smin, e_.ir.CreateSub(until_, begin), e_.whole(kSteps));
  const auto for_each_vector = [&](const std::function<void(llvm::Value*, llvm::Value*)>& body) {
    e_.loop(from, until, steps_of_vector, [&](llvm::Value* step) {
      e_.loop(e_.whole(0), e_.whole(std::max(stride_, kWidth)), kWidth, [&](llvm::Value* first) {
        e_.with_width(static_cast<int>(kWidth), [&] { body(step, first); });
      });
    });
  };
  const auto cell = [&](llvm::AllocaInst* array, llvm::Value* step, llvm::Value* first) {
    return e_.cell(array, e_.ir.CreateAdd(e_.ir.CreateMul(step, e_.whole(stride_)), first));
  };
  for_each_vector([&](llvm::Value* step, llvm::Value* first) {
    e_.ir.CreateAlignedStore(emit_words(e_.ir.CreateAdd(begin, step), first),
                             cell(words_, step, first), llvm::Align(4));
  });
  for_each_vector([&](llvm::Value* step, llvm::Value* first) {
    llvm::Value* words = e_.ir.CreateAlignedLoad(e_.vector_of(e_.ir.getInt32Ty()),
                                                 cell(words_, step, first), llvm::Align(4));
    e_.ir.CreateAlignedStore(emit_limits(e_, words), cell(limits_, step, first), llvm::Align(8));
  });
}

// Those of a vector that begins with cell `first` (i64) in `step` (i64).
llvm::Value* SpikeLimits::emit_words(llvm::Value* step, llvm::Value* first) {
  const auto each = [&](const auto& number) {
    std::vector<llvm::Constant*> numbers;
    for (std::int64_t i = 0; i < std::max(stride_, kWidth); ++i) numbers.push_back(number(i));
    return load_constants(e_, numbers, first);
  };
  const auto cell_of = [&](std::int64_t i) -> const Cell& {
    return cells_[std::min(static_cast<std::size_t>(i % stride_), cells_.size() - 1)];
  };
  llvm::Value* streams = each([&](std::int64_t i) { return cell_of(i).stream; });
  llvm::Value* neurons = each([&](std::int64_t i) { return cell_of(i).neuron; });
  llvm::Value* steps = each([&](std::int64_t i) { return e_.whole(i / stride_); });
  return emit_one_word_draws(e_, streams, neurons, e_.ir.CreateAdd(e_.splat(step), steps));
}

llvm::Value* SpikeLimits::look_up(llvm::AllocaInst* array, const Kept& kept,
                                  llvm::Value* first_neuron) {
  llvm::Value* step = e_.ir.CreateAnd(e_.step, e_.whole(kSteps - 1));
  llvm::Value* cell = e_.ir.CreateMul(step, e_.whole(stride_));
  cell = e_.ir.CreateAdd(cell, e_.whole(static_cast<std::int64_t>(kept.first_cell)));
  cell = e_.ir.CreateAdd(cell, first_neuron);
  llvm::Type* element = array->getAllocatedType()->getArrayElementType();
  const llvm::Align align(element->getPrimitiveSizeInBits() / 8);
  return e_.ir.CreateAlignedLoad(e_.vector_of(element), e_.cell(array, cell), align);
}

// What the limits say, and the test itself where they leave it open. `values` are those of the ops
// in front of it.
llvm::Value* SpikeLimits::decide(const plan::Kernel& kernel, const Kept& kept,
                                 const Position& position, std::vector<llvm::Value*> values) {
  const plan::LimitedTest& test = kept.test;
  llvm::Value* neuron = position.at(kernel.space.front()).first;
  llvm::Value* argument = values[test.argument.value];
  const auto number = [&](double real) { return llvm::ConstantFP::get(argument->getType(), real); };
  llvm::Value* distance = e_.ir.CreateFSub(argument, look_up(limits_, kept, neuron));
  llvm::Value* is_above = e_.ir.CreateFCmpOGT(distance, number(0));
  llvm::Value* size = e_.ir.CreateUnaryIntrinsic(llvm::Intrinsic::fabs, distance);
  llvm::Value* decided = e_.ir.CreateFCmpOGT(size, number(runtime::random::kSpikeMargin));
  llvm::AllocaInst* below = e_.local(is_above->getType(), is_above, "below");
  Position open = position;
  open.active = e_.both(effective(e_, position), e_.ir.CreateNot(decided));
  const auto test_exactly = [&] {
    values[test.word.value] = look_up(words_, kept, neuron);
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
  const plan::LimitedTest& test = kept.test;
  // In front of the test, and the test.
  OpSet before(kernel.body.size(), false), done(kernel.body.size(), false);
  for (std::size_t i = 0; i <= test.below.value; ++i) {
    const bool is_of_test = test.exactly[i] || i == test.word.value;
    before[i] = !is_of_test || kernel.body[i].code == plan::OpCode::Constant;
    done[i] = true;
  }
  auto values = emit_ops(e_, kernel, position, {}, before,
                         std::vector<llvm::Value*>(kernel.body.size(), nullptr));
  values[test.below.value] = decide(kernel, kept, position, values);
  return emit_rest(e_, kernel, position, done, std::move(values));
}

}  // namespace bouton::codegen
