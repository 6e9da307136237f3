#include "compiler/codegen/emission.h"

#include <llvm/IR/Intrinsics.h>
#include <llvm/IR/MDBuilder.h>

#include <algorithm>
#include <bit>
#include <utility>
#include <vector>

#include "compiler/base/check.h"

namespace bouton::codegen {

namespace {

std::int64_t length_of(const plan::Plan& plan, const plan::Pack& pack) {
  std::int64_t neurons = 0;
  for (const plan::PopulationId population : pack.populations)
    neurons += image::length_of(plan, plan.populations[population].axis);
  return neurons;
}

// Of vectors along an axis or a pack: none longer than the longest of the plan needs.
int useful_width(const plan::Plan& plan, const Options& options) {
  if (!options.pool.extents.empty()) return options.width;
  std::int64_t longest = 1;
  for (const plan::Axis& axis : plan.axes)
    if (axis.kind != plan::Axis::Kind::Ring)
      longest = std::max(longest, image::length_of(plan, axis.extent));
  if (image::has_packs(form_of(options)))
    for (const plan::Pack& pack : plan.packs) longest = std::max(longest, length_of(plan, pack));
  int width = 1;
  while (width < options.width && width < longest) width *= 2;
  return width;
}

std::map<plan::ColumnId, PackedColumn> find_packed_columns(const plan::Plan& plan) {
  std::map<plan::ColumnId, PackedColumn> found;
  for (const plan::Pack& pack : plan.packs)
    for (const auto& row : pack.rows)
      for (const plan::ColumnId column : row)
        found[column] = {row.front(), row.size(), length_of(plan, pack)};
  return found;
}

}  // namespace

Emission::Emission(const plan::Plan& the_plan, const Options& options, llvm::Module& the_module)
    : plan(the_plan),
      layout(image::build_layout(the_plan, form_of(options))),
      module(the_module),
      ir(the_module.getContext()),
      precision(the_plan.precision),
      skips(options.skips),
      patient(options.patient),
      width_(options.lanes > 1 ? options.lanes : useful_width(the_plan, options)),
      pool_(options.pool) {
  if (image::has_packs(form_of(options))) packed_columns_ = find_packed_columns(plan);
  for (std::size_t slot = 0; slot < pool_.constants.size(); ++slot) {
    const image::PooledConstant constant = pool_.constants[slot];
    pooled_constants_[&plan.kernels[constant.kernel].body[constant.op.value]] = slot;
  }
}

llvm::Type* Emission::cell_type(runtime::CellType type) const {
  llvm::LLVMContext& context = module.getContext();
  switch (type) {
    case runtime::CellType::Bool8:
      return llvm::Type::getInt8Ty(context);
    case runtime::CellType::Int32:
    case runtime::CellType::UInt32:
      return llvm::Type::getInt32Ty(context);
    case runtime::CellType::Int64:
    case runtime::CellType::UInt64:
    case runtime::CellType::Fixed64:
      return llvm::Type::getInt64Ty(context);
    case runtime::CellType::Real32:
      return llvm::Type::getFloatTy(context);
    case runtime::CellType::Real64:
      return llvm::Type::getDoubleTy(context);
  }
  BOUTON_UNREACHABLE("cell type");
}

llvm::Type* Emission::element_type(plan::Type type) const {
  if (type.scalar == plan::Scalar::Bool) return llvm::Type::getInt1Ty(module.getContext());
  return cell_type(cell_type_of(type, precision));
}

llvm::Type* Emission::vector_of(llvm::Type* element) const {
  return width_ == 1 ? element : llvm::FixedVectorType::get(element, static_cast<unsigned>(width_));
}

llvm::ConstantInt* Emission::whole(std::int64_t value) {
  return ir.getInt64(static_cast<std::uint64_t>(value));
}

llvm::Value* Emission::splat(llvm::Value* scalar) {
  return width_ == 1 ? scalar : ir.CreateVectorSplat(static_cast<unsigned>(width_), scalar);
}

llvm::Value* Emission::counting_up() {
  if (width_ == 1) return whole(0);
  std::vector<llvm::Constant*> elements;
  for (int i = 0; i < width_; ++i) elements.push_back(whole(i));
  return llvm::ConstantVector::get(elements);
}

llvm::Value* Emission::first_elements(llvm::Value* count) {
  return ir.CreateICmpSLT(counting_up(), splat(count));
}

// Read once per function, in its entry: the same for all of its steps.
llvm::Value* Emission::table_cells(std::size_t slot, llvm::Type* type) {
  llvm::Value*& known = table_cells_[{slot, type}];
  if (known != nullptr) return known;
  llvm::IRBuilder<> entry(&function->getEntryBlock(), function->getEntryBlock().begin());
  const std::size_t first = slot * static_cast<std::size_t>(lanes());
  llvm::Value* at = entry.CreateConstInBoundsGEP1_64(entry.getInt64Ty(), table, first);
  llvm::LoadInst* cells = entry.CreateAlignedLoad(type, at, llvm::Align(8));
  cells->setMetadata(llvm::LLVMContext::MD_invariant_load,
                     llvm::MDNode::get(module.getContext(), {}));
  return known = cells;
}

// From cells of 64 bits, whose lower half holds what is shorter.
llvm::Value* Emission::cells_as(llvm::Value* cells, plan::Type type) {
  llvm::Type* element = element_type(type);
  const auto of_cells = [&](llvm::Type* one) { return cells->getType()->getWithNewType(one); };
  if (element->isIntegerTy(1))
    return ir.CreateICmpNE(cells, llvm::Constant::getNullValue(cells->getType()));
  const auto bits = static_cast<unsigned>(element->getPrimitiveSizeInBits());
  return ir.CreateBitCast(ir.CreateTrunc(cells, of_cells(ir.getIntNTy(bits))), of_cells(element));
}

llvm::Value* Emission::extent(plan::ExtentId id) {
  const auto found = std::ranges::find(pool_.extents, id);
  if (found == pool_.extents.end()) return whole(image::length_of(plan, id));
  const auto slot = static_cast<std::size_t>(found - pool_.extents.begin());
  return table_cells(pool_.first_extent() + slot, ir.getInt64Ty());
}

llvm::Value* Emission::length(plan::AxisId axis) { return extent(plan.axes[axis].extent); }

llvm::Value* Emission::length(const std::vector<plan::AxisId>& axes) {
  llvm::Value* product = whole(1);
  for (const plan::AxisId axis : axes) product = ir.CreateMul(product, length(axis));
  return product;
}

std::optional<std::int64_t> Emission::known_length(const std::vector<plan::AxisId>& axes) {
  const auto* known = llvm::dyn_cast<llvm::ConstantInt>(length(axes));
  return known == nullptr ? std::nullopt : std::optional{known->getSExtValue()};
}

std::optional<std::int64_t> Emission::known_length(plan::AxisId axis) {
  return known_length(std::vector{axis});
}

llvm::Value* Emission::offset_within(plan::AxisId axis) {
  const auto& offset = plan.axes[axis].offset;
  return offset ? extent(*offset) : whole(0);
}

llvm::Value* Emission::arena_offset_of(plan::ColumnId column, Cells cells) {
  const runtime::ColumnLayout& place = layout.columns[column.value];
  const std::int64_t offset = cells == Cells::Current ? place.offset
                              : cells == Cells::Next  ? place.next_offset
                                                      : place.previous_offset;
  BOUTON_CHECK(offset != runtime::kNoOffset, "a column does not keep these cells");
  if (!pool_.has_offsets()) return whole(offset);
  const std::size_t slot = pool_.first_offset() + 3 * std::size_t{column.value};
  return table_cells(slot + static_cast<std::size_t>(cells), ir.getInt64Ty());
}

llvm::Value* Emission::pooled(const plan::Op& constant) {
  const auto slot = pooled_constants_.find(&constant);
  if (slot == pooled_constants_.end()) return nullptr;
  if (!along_lanes())
    return splat(cells_as(table_cells(slot->second, ir.getInt64Ty()), constant.type));
  auto* of_lanes = llvm::FixedVectorType::get(ir.getInt64Ty(), static_cast<unsigned>(lanes()));
  llvm::Value* cells = cells_as(table_cells(slot->second, of_lanes), constant.type);
  return only_lane == nullptr ? cells : splat(ir.CreateExtractElement(cells, only_lane));
}

const PackedColumn* Emission::packed(plan::ColumnId column) const {
  const auto found = packed_columns_.find(column);
  return found == packed_columns_.end() ? nullptr : &found->second;
}

void Emission::set_step(llvm::Value* k) {
  step = k;
  steps = splat(k);
  running = nullptr;
}

void Emission::set_steps_by_lane(llvm::Value* k, llvm::Value* until) {
  step = nullptr;
  steps = k;
  running = ir.CreateICmpSLT(k, splat(until));
}

llvm::Value* Emission::both(llvm::Value* a, llvm::Value* b) {
  if (a == nullptr) return b;
  if (b == nullptr) return a;
  return ir.CreateAnd(a, b);
}

llvm::Value* Emission::mask_or_true(llvm::Value* mask) {
  return mask != nullptr ? mask : splat(ir.getTrue());
}

llvm::Value* Emission::any(llvm::Value* mask) {
  if (mask == nullptr) return ir.getTrue();
  return width_ == 1 ? mask : ir.CreateOrReduce(mask);
}

llvm::Value* Emission::bits_of(llvm::Value* mask) {
  llvm::Type* bits = ir.getIntNTy(static_cast<unsigned>(width_));
  return ir.CreateZExt(ir.CreateBitCast(mask, bits), ir.getInt64Ty());
}

llvm::Value* Emission::element(llvm::Value* vector, int index) {
  return width_ == 1 ? vector : ir.CreateExtractElement(vector, static_cast<std::uint64_t>(index));
}

llvm::Value* Emission::with_element(llvm::Value* vector, llvm::Value* scalar, int index) {
  return width_ == 1 ? scalar
                     : ir.CreateInsertElement(vector, scalar, static_cast<std::uint64_t>(index));
}

llvm::Value* Emission::arena_at(llvm::Value* byte_offset) {
  return ir.CreateInBoundsGEP(ir.getInt8Ty(), arena, byte_offset);
}

// Threads have stacks of 8 MiB.
bool Emission::reserve_stack(std::int64_t bytes) {
  constexpr std::int64_t kMostBytes = std::int64_t{2} << 20;
  if (bytes > kMostBytes - stack_) return false;
  stack_ += bytes;
  return true;
}

llvm::AllocaInst* Emission::local(llvm::Type* type, llvm::Value* initial, const std::string& name) {
  llvm::IRBuilder<> entry(&function->getEntryBlock(), function->getEntryBlock().begin());
  llvm::AllocaInst* slot = entry.CreateAlloca(type, nullptr, name);
  if (initial != nullptr) ir.CreateStore(initial, slot);
  return slot;
}

llvm::Value* Emission::cell(llvm::AllocaInst* array, llvm::Value* index) {
  return ir.CreateInBoundsGEP(array->getAllocatedType(), array, {whole(0), index});
}

llvm::BasicBlock* Emission::block(const char* name) {
  return llvm::BasicBlock::Create(module.getContext(), name, function);
}

void Emission::with_width(int width, const std::function<void()>& body) {
  const int before = std::exchange(width_, width);
  llvm::Value* steps_before = steps;
  if (step != nullptr && !along_lanes()) steps = splat(step);
  body();
  steps = steps_before;
  width_ = before;
}

void Emission::no_wider_than(const std::vector<plan::AxisId>& space,
                             const std::function<void()>& body) {
  const auto length = space.empty() ? std::optional<std::int64_t>(1) : known_length(space.back());
  if (along_lanes() || !length || *length > width_) return body();
  const auto needed = std::bit_ceil(static_cast<std::uint64_t>(std::max(*length, std::int64_t{1})));
  with_width(static_cast<int>(needed), body);
}

void Emission::loop(llvm::Value* from, llvm::Value* until, std::int64_t stride,
                    const std::function<void(llvm::Value*)>& body) {
  const auto* first = llvm::dyn_cast<llvm::ConstantInt>(from);
  const auto* last = llvm::dyn_cast<llvm::ConstantInt>(until);
  if (first != nullptr && last != nullptr) {
    if (first->getSExtValue() >= last->getSExtValue()) return;
    if (first->getSExtValue() + stride >= last->getSExtValue()) return body(from);
  }
  llvm::LLVMContext& context = module.getContext();
  llvm::BasicBlock* before = ir.GetInsertBlock();
  auto* head = llvm::BasicBlock::Create(context, "loop", function);
  auto* inside = llvm::BasicBlock::Create(context, "body", function);
  auto* after = llvm::BasicBlock::Create(context, "done", function);
  ir.CreateBr(head);
  ir.SetInsertPoint(head);
  llvm::PHINode* index = ir.CreatePHI(ir.getInt64Ty(), 2);
  index->addIncoming(from, before);
  ir.CreateCondBr(ir.CreateICmpSLT(index, until), inside, after);
  ir.SetInsertPoint(inside);
  body(index);
  index->addIncoming(ir.CreateNSWAdd(index, whole(stride)), ir.GetInsertBlock());
  ir.CreateBr(head);
  ir.SetInsertPoint(after);
}

void Emission::for_each_bit(llvm::Value* bits, const std::function<void(llvm::Value*)>& body) {
  llvm::LLVMContext& context = module.getContext();
  llvm::BasicBlock* before = ir.GetInsertBlock();
  auto* head = llvm::BasicBlock::Create(context, "bits", function);
  auto* inside = llvm::BasicBlock::Create(context, "bit", function);
  auto* after = llvm::BasicBlock::Create(context, "done", function);
  ir.CreateBr(head);
  ir.SetInsertPoint(head);
  llvm::PHINode* left = ir.CreatePHI(ir.getInt64Ty(), 2);
  left->addIncoming(bits, before);
  ir.CreateCondBr(ir.CreateICmpNE(left, whole(0)), inside, after);
  ir.SetInsertPoint(inside);
  body(ir.CreateBinaryIntrinsic(llvm::Intrinsic::cttz, left, ir.getTrue()));
  left->addIncoming(ir.CreateAnd(left, ir.CreateSub(left, whole(1))), ir.GetInsertBlock());
  ir.CreateBr(head);
  ir.SetInsertPoint(after);
}

void Emission::if_true(llvm::Value* condition, const std::function<void()>& body, Chance chance) {
  if (const auto* constant = llvm::dyn_cast<llvm::ConstantInt>(condition)) {
    if (constant->isOne()) body();
    return;
  }
  llvm::BasicBlock* inside = block("if");
  llvm::BasicBlock* after = block("endif");
  llvm::MDNode* weights = nullptr;
  if (chance == Chance::Rare)
    weights = llvm::MDBuilder(module.getContext()).createUnlikelyBranchWeights();
  ir.CreateCondBr(condition, inside, after, weights);
  ir.SetInsertPoint(inside);
  body();
  ir.CreateBr(after);
  ir.SetInsertPoint(after);
}

}  // namespace bouton::codegen
