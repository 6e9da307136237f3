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

using plan::OpCode;
using plan::ValueId;

constexpr std::int64_t kPlaces = 4;  // bits that tell kept steps apart
constexpr std::int64_t kSteps = 1 << kPlaces;
constexpr int kWidth = 16;  // of the vectors in which they are computed

const plan::Op& op_of(const plan::Kernel& kernel, ValueId value) {
  return kernel.body[value.value];
}

bool reads(const plan::Op& op, ValueId value) {
  return std::ranges::find(op.in, value) != op.in.end();
}

bool is_read_once(const plan::Kernel& kernel, ValueId value) {
  return std::ranges::count_if(kernel.body, [&](const plan::Op& op) { return reads(op, value); }) ==
         1;
}

std::optional<double> constant_real(const plan::Kernel& kernel, ValueId value) {
  const plan::Op& op = op_of(kernel, value);
  if (op.code != OpCode::Constant) return std::nullopt;
  const auto* real = std::get_if<double>(&std::get<plan::ConstantAttribute>(op.attribute).value);
  return real == nullptr ? std::nullopt : std::optional(*real);
}

// Holds for all probabilities.
bool compares_with_limits(const plan::Kernel& kernel, const plan::Op& op, ValueId probability) {
  if (op.code != OpCode::LessEqualReal) return false;
  if (op.in[1] == probability) return constant_real(kernel, op.in[0]).value_or(1) <= 0;
  return constant_real(kernel, op.in[1]).value_or(0) >= 1;
}

// Adds whatever reads a probability but the test itself; false where that is more than checks that
// hold for all of them.
bool add_checks(const plan::Kernel& kernel, ValueId probability, ValueId test, OpSet& found) {
  OpSet holds(kernel.body.size(), false);
  for (std::uint32_t i = 0; i < kernel.body.size(); ++i) {
    const plan::Op& op = kernel.body[i];
    const auto is_known = [&](ValueId value) { return holds[value.value]; };
    const bool reads_check = std::ranges::any_of(op.in, is_known);
    if (i == test.value || (!reads(op, probability) && !reads_check)) continue;
    if (op.code == OpCode::Require && is_known(op.in[0])) {
      found[i] = true;
      continue;
    }
    const bool checks = op.code == OpCode::And ? std::ranges::all_of(op.in, is_known)
                                               : compares_with_limits(kernel, op, probability);
    if (!checks) return false;
    found[i] = holds[i] = true;
  }
  return true;
}

void add_constants(const plan::Kernel& kernel, OpSet& ops) {
  for (std::size_t i = 0; i < ops.size(); ++i)
    ops[i] = ops[i] || kernel.body[i].code == OpCode::Constant;
}

bool is_drawn_by_step(const plan::Plan& plan, const plan::Op& op) {
  if (op.code != OpCode::Word) return false;
  const auto stream = std::get<plan::StreamAttribute>(op.attribute).stream;
  return plan.streams[stream].key == plan::Stream::Key::Step;
}

llvm::Value* emit_limits(Emission& e, llvm::Value* words) {
  llvm::Value* wide = e.ir.CreateZExt(words, e.vector_of(e.ir.getInt64Ty()));
  return call_library(e, "spike_limit_u64", std::array{wide}, e.ir.getDoubleTy());
}

bool is_logistic(const plan::Op& op) {
  return op.code == OpCode::Math &&
         std::get<plan::FunctionAttribute>(op.attribute).name == "logistic";
}

}  // namespace

std::optional<LimitedTest> find_limited_test(const plan::Plan& plan, const plan::Kernel& kernel) {
  const auto at = std::ranges::find(kernel.body, OpCode::UniformBelow, &plan::Op::code);
  if (at == kernel.body.end() || plan.precision != plan::Precision::Double) return std::nullopt;
  const ValueId below{static_cast<std::uint32_t>(at - kernel.body.begin())};
  const ValueId uniform = at->in[0];
  const ValueId probability = at->in[1];
  if (op_of(kernel, uniform).code != OpCode::UniformOfWord ||
      !is_logistic(op_of(kernel, probability)))
    return std::nullopt;
  const ValueId word = op_of(kernel, uniform).in[0];
  if (!is_drawn_by_step(plan, op_of(kernel, word)) || !is_read_once(kernel, word) ||
      !is_read_once(kernel, uniform))
    return std::nullopt;
  LimitedTest test{word, op_of(kernel, probability).in[0], below, OpSet(kernel.body.size(), false)};
  for (const ValueId value : {uniform, probability, below}) test.exactly[value.value] = true;
  if (!add_checks(kernel, probability, below, test.exactly)) return std::nullopt;
  add_constants(kernel, test.exactly);
  return test;
}

SpikeLimits::SpikeLimits(Emission& e, const plan::Schedule& schedule,
                         const plan::SkippableKernels& skippable)
    : e_(e) {
  for (const plan::Stage& stage : schedule.stages)
    for (const plan::Item& item : stage.items) {
      const auto* kernel = std::get_if<plan::KernelId>(&item.what);
      if (kernel == nullptr || !item.when.empty() || skippable.contains(*kernel)) continue;
      auto test = find_limited_test(e.plan, e.plan.kernels[*kernel]);
      if (!test) continue;
      const auto neurons = e.known_length(e.plan.kernels[*kernel].space);
      if (!e.along_lanes() && neurons && *neurons < kWidth / 2) keep(*kernel, *test, *neurons);
      tests_.emplace(*kernel, *std::move(test));
    }
  for (Group& group : groups_) reserve(group);
  if (groups_.empty()) return;
  block_ = e.local(e.ir.getInt64Ty(), e.whole(-1), "sixteen");
}

void SpikeLimits::keep(plan::KernelId id, const LimitedTest& test, std::int64_t neurons) {
  const auto has_room = [&](const Group& group) {
    return group.cells.size() + static_cast<std::size_t>(neurons) <= kWidth;
  };
  if (groups_.empty() || !has_room(groups_.back())) groups_.emplace_back();
  Group& group = groups_.back();
  places_.emplace(id, Place{groups_.size() - 1, group.cells.size()});
  llvm::Constant* stream = stream_bits_of(e_, op_of(e_.plan.kernels[id], test.word));
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
  e_.loop(e_.whole(0), e_.whole(kSteps), steps_of_vector, [&](llvm::Value* place) {
    e_.with_width(kWidth, [&] {
      llvm::Value* ordinals = e_.ir.CreateAdd(e_.splat(e_.ir.CreateAdd(begin, place)),
                                              llvm::ConstantVector::get(steps));
      llvm::Value* words = emit_one_word_draws(e_, llvm::ConstantVector::get(streams),
                                               llvm::ConstantVector::get(neurons), ordinals);
      llvm::Value* first = e_.ir.CreateMul(place, e_.whole(group.stride));
      e_.ir.CreateAlignedStore(words, e_.cell(group.words, first), llvm::Align(4));
      e_.ir.CreateAlignedStore(emit_limits(e_, words), e_.cell(group.limits, first),
                               llvm::Align(8));
    });
  });
}

llvm::Value* SpikeLimits::kept(llvm::AllocaInst* array, plan::KernelId id,
                               const Position& position) {
  const Place& place = places_.at(id);
  const plan::Kernel& kernel = e_.plan.kernels[id];
  llvm::Value* step = e_.ir.CreateAnd(e_.step, e_.whole(kSteps - 1));
  llvm::Value* at = e_.ir.CreateMul(step, e_.whole(groups_[place.group].stride));
  at = e_.ir.CreateAdd(at, e_.whole(static_cast<std::int64_t>(place.cell)));
  if (!kernel.space.empty()) at = e_.ir.CreateAdd(at, position.at(kernel.space.front()).first);
  llvm::Type* element = array->getAllocatedType()->getArrayElementType();
  const llvm::Align align(element->getPrimitiveSizeInBits() / 8);
  return e_.ir.CreateAlignedLoad(e_.vector_of(element), e_.cell(array, at), align);
}

// What the limits say, and the test itself where they leave it open.
llvm::Value* SpikeLimits::decide(const plan::Kernel& kernel, const LimitedTest& test,
                                 const Position& position, llvm::Value* limits,
                                 const KnownWords& words, std::vector<llvm::Value*> values) {
  const auto number = [&](double real) { return llvm::ConstantFP::get(limits->getType(), real); };
  llvm::Value* distance = e_.ir.CreateFSub(values[test.argument.value], limits);
  llvm::Value* is_above = e_.ir.CreateFCmpOGT(distance, number(0));
  llvm::Value* size = e_.ir.CreateUnaryIntrinsic(llvm::Intrinsic::fabs, distance);
  llvm::Value* decided = e_.ir.CreateFCmpOGT(size, number(runtime::random::kSpikeMargin));
  llvm::AllocaInst* below = e_.local(is_above->getType(), is_above, "below");
  Position open = position;
  open.active = e_.both(effective(e_, position), e_.ir.CreateNot(decided));
  const auto test_exactly = [&] {
    values[test.word.value] = words();
    const auto exact = emit_ops(e_, kernel, open, {}, test.exactly, std::move(values));
    e_.ir.CreateStore(e_.ir.CreateSelect(decided, is_above, exact[test.below.value]), below);
  };
  e_.if_true(e_.any(open.active), test_exactly, Emission::Chance::Rare);
  return e_.ir.CreateLoad(below->getAllocatedType(), below);
}

std::vector<llvm::Value*> SpikeLimits::emit_body_of(plan::KernelId id, const Position& position) {
  const plan::Kernel& kernel = e_.plan.kernels[id];
  const LimitedTest& test = tests_.at(id);
  const auto place = places_.find(id);
  const Group* group = place == places_.end() ? nullptr : &groups_[place->second.group];

  OpSet early(kernel.body.size(), false);
  add_sources(kernel, test.argument, early);
  if (group == nullptr) add_sources(kernel, test.word, early);
  auto values = emit_ops(e_, kernel, position, {}, early,
                         std::vector<llvm::Value*>(kernel.body.size(), nullptr));
  llvm::Value* drawn = values[test.word.value];
  llvm::Value* limits =
      group == nullptr ? emit_limits(e_, drawn) : kept(group->limits, id, position);
  const auto words = [&] { return group == nullptr ? drawn : kept(group->words, id, position); };
  values[test.below.value] = decide(kernel, test, position, limits, words, values);

  OpSet part = test.exactly;
  part[test.word.value] = true;
  return emit_rest(e_, kernel, position, part, std::move(values));
}

}  // namespace bouton::codegen
