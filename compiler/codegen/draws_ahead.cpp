#include "compiler/codegen/draws_ahead.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <utility>

#include "compiler/plan/query.h"

namespace bouton::codegen {

namespace {

using plan::OpCode;
using plan::ValueId;

constexpr std::int64_t kPlaces = 4;  // bits that tell them apart
constexpr std::int64_t kTogether = 1 << kPlaces;

bool is_index(const plan::Kernel& kernel, std::size_t op) {
  return kernel.body[op].code == OpCode::AxisIndex;
}

// What a kernel leaves in a column of ordinals and draws by.
std::optional<ValueId> find_counter(const plan::Plan& plan, const plan::Kernel& kernel) {
  for (const plan::Op& op : kernel.body) {
    const auto* attribute = std::get_if<plan::StreamAttribute>(&op.attribute);
    if (attribute == nullptr) continue;
    const plan::Stream& stream = plan.streams[attribute->stream];
    if (stream.key == plan::Stream::Key::Ordinal) return op.in[1];
  }
  return std::nullopt;
}

OpSet find_part(const plan::Kernel& kernel, ValueId counter) {
  return find_following_ops(
      kernel, [&](ValueId value) { return value == counter || is_index(kernel, value.value); });
}

// The op's values can be kept in an array.
bool can_be_kept(const plan::Kernel& kernel, std::size_t op) {
  return kernel.body[op].type.scalar != plan::Scalar::Bool;
}

// What has to be kept.
std::vector<std::size_t> find_kept(const plan::Kernel& kernel, ValueId counter) {
  auto results = find_results(kernel, find_part(kernel, counter));
  std::erase_if(results,
                [&](std::size_t op) { return op == counter.value || is_index(kernel, op); });
  return results;
}

}  // namespace

std::optional<DrawsAhead> DrawsAhead::of(Emission& e, const plan::Kernel& kernel) {
  const auto counter = find_counter(e.plan, kernel);
  if (!counter || kernel.space.size() != 1 || !kernel.reductions.empty() || kernel.wide)
    return std::nullopt;
  const auto length = e.known_length(kernel.space.front());
  const auto results = find_kept(kernel, *counter);
  if (!length || results.empty()) return std::nullopt;
  if (!std::ranges::all_of(results, [&](std::size_t op) { return can_be_kept(kernel, op); }))
    return std::nullopt;
  const auto bytes =
      *length * e.lanes() * 8 * kTogether * static_cast<std::int64_t>(results.size());
  if (!e.reserve_stack(bytes)) return std::nullopt;
  return DrawsAhead(e, kernel, *counter);
}

DrawsAhead::DrawsAhead(Emission& e, const plan::Kernel& kernel, ValueId counter)
    : e_(e),
      kernel_(kernel),
      counter_(counter),
      part_(find_part(kernel, counter)),
      results_(find_kept(kernel, counter)) {
  const auto* length = llvm::cast<llvm::ConstantInt>(e.length(kernel.space.front()));
  // Vectors may reach behind the last neuron.
  const std::uint64_t cells = length->getZExtValue() * static_cast<std::uint64_t>(e.lanes()) +
                              static_cast<std::uint64_t>(e.width());
  const auto array = [&](llvm::Type* cell, std::uint64_t cells_of_array) {
    return e.local(llvm::ArrayType::get(cell, cells_of_array), nullptr, "ahead");
  };
  blocks_ = array(e.ir.getInt64Ty(), cells);
  e.ir.CreateMemSet(blocks_, e.ir.getInt8(0xff), e.ir.getInt64(8 * cells), llvm::MaybeAlign(8));
  for (const std::size_t op : results_)
    kept_.push_back(
        array(e.element_type(kernel.body[op].type), cells * static_cast<std::uint64_t>(kTogether)));
}

llvm::Value* DrawsAhead::cell(llvm::AllocaInst* array, llvm::Value* number) {
  return e_.ir.CreateGEP(array->getAllocatedType()->getArrayElementType(), array, number);
}

llvm::Value* DrawsAhead::first_cell(const Position& position) {
  return e_.ir.CreateMul(position.at(kernel_.space.front()).first, e_.whole(e_.lanes()));
}

std::vector<llvm::Value*> DrawsAhead::emit(const Position& position) {
  OpSet sources(kernel_.body.size(), false);
  add_sources(kernel_, counter_, sources);
  for (std::size_t i = 0; i < sources.size(); ++i) sources[i] = sources[i] || is_index(kernel_, i);
  auto values = emit_ops(e_, kernel_, position, {}, sources,
                         std::vector<llvm::Value*>(kernel_.body.size(), nullptr));
  llvm::Value* counter = values[counter_.value];
  llvm::Value* block = e_.ir.CreateAShr(counter, e_.splat_whole(kPlaces));
  llvm::Value* first = first_cell(position);
  llvm::Value* kept =
      e_.ir.CreateAlignedLoad(block->getType(), cell(blocks_, first), llvm::Align(8));
  llvm::Value* stale = e_.both(effective(e_, position), e_.ir.CreateICmpNE(kept, block));
  llvm::Value* left = e_.bits_of(stale);
  const auto refill_stale = [&] {
    e_.for_each_bit(left, [&](llvm::Value* bit) { refill(position, block, bit); });
  };
  e_.if_true(e_.ir.CreateICmpNE(left, e_.whole(0)), refill_stale, Emission::Chance::Rare);
  look_up(first, counter, position, values);
  emit_rest(e_, kernel_, position, part_, values);
  return values;
}

void DrawsAhead::refill(const Position& position, llvm::Value* block, llvm::Value* bit) {
  llvm::Value* wanted = e_.width() == 1 ? block : e_.ir.CreateExtractElement(block, bit);
  llvm::Value* number = e_.ir.CreateAdd(first_cell(position), bit);
  llvm::Value* neuron = position.at(kernel_.space.front()).first;
  if (!e_.along_lanes()) neuron = e_.ir.CreateAdd(neuron, bit);
  e_.with_width(kTogether, [&] {
    std::vector<llvm::Value*> known(kernel_.body.size(), nullptr);
    for (std::size_t i = 0; i < known.size(); ++i)
      if (is_index(kernel_, i)) known[i] = e_.splat(neuron);
    llvm::Value* begin = e_.splat(e_.ir.CreateMul(wanted, e_.whole(kTogether)));
    known[counter_.value] = e_.ir.CreateAdd(begin, e_.counting_up());
    if (e_.along_lanes()) e_.only_lane = bit;
    const auto values = emit_ops(e_, kernel_, position, {}, part_, std::move(known));
    e_.only_lane = nullptr;
    for (std::size_t i = 0; i < results_.size(); ++i)
      e_.ir.CreateAlignedStore(values[results_[i]],
                               cell(kept_[i], e_.ir.CreateMul(number, e_.whole(kTogether))),
                               llvm::Align(8));
  });
  e_.ir.CreateAlignedStore(wanted, cell(blocks_, number), llvm::Align(8));
}

void DrawsAhead::look_up(llvm::Value* first, llvm::Value* counter, const Position& position,
                         std::vector<llvm::Value*>& values) {
  llvm::Value* cells = e_.ir.CreateAdd(e_.splat(first), e_.counting_up());
  llvm::Value* place = e_.ir.CreateAnd(counter, e_.splat_whole(kTogether - 1));
  place = e_.ir.CreateAdd(e_.ir.CreateMul(cells, e_.splat_whole(kTogether)), place);
  for (std::size_t i = 0; i < results_.size(); ++i) {
    llvm::Type* element = kept_[i]->getAllocatedType()->getArrayElementType();
    const llvm::Align align(element->getPrimitiveSizeInBits() / 8);
    llvm::Value* at = cell(kept_[i], place);
    llvm::Value*& value = values[results_[i]];
    if (e_.width() == 1)
      value = e_.ir.CreateAlignedLoad(element, at, align);
    else
      value = e_.ir.CreateMaskedGather(e_.vector_of(element), at, align,
                                       e_.mask_or_true(effective(e_, position)),
                                       llvm::Constant::getNullValue(e_.vector_of(element)));
  }
}

}  // namespace bouton::codegen
