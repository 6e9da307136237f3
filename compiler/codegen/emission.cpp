#include "compiler/codegen/emission.h"

#include <vector>

#include "compiler/base/check.h"

namespace bouton::codegen {

Emission::Emission(const plan::Plan& the_plan, const Options& options, llvm::Module& the_module)
    : plan(the_plan),
      layout(image::build_layout(the_plan, options.lanes)),
      module(the_module),
      ir(the_module.getContext()),
      precision(the_plan.precision),
      width_(options.lanes > 1 ? options.lanes : options.width) {}

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

llvm::Value* Emission::first_elements(std::int64_t count) {
  if (count >= width_) return nullptr;
  std::vector<llvm::Constant*> elements;
  for (int i = 0; i < width_; ++i) elements.push_back(ir.getInt1(i < count));
  return llvm::ConstantVector::get(elements);
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

llvm::AllocaInst* Emission::local(llvm::Type* type, llvm::Value* initial, const std::string& name) {
  llvm::IRBuilder<> entry(&function->getEntryBlock(), function->getEntryBlock().begin());
  llvm::AllocaInst* slot = entry.CreateAlloca(type, nullptr, name);
  if (initial != nullptr) ir.CreateStore(initial, slot);
  return slot;
}

void Emission::loop(llvm::Value* from, llvm::Value* until, std::int64_t stride,
                    const std::function<void(llvm::Value*)>& body) {
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

void Emission::loop(std::int64_t from, std::int64_t until, std::int64_t stride,
                    const std::function<void(llvm::Value*)>& body) {
  if (from >= until) return;
  if (from + stride >= until) return body(whole(from));
  loop(whole(from), whole(until), stride, body);
}

void Emission::if_true(llvm::Value* condition, const std::function<void()>& body) {
  if (const auto* constant = llvm::dyn_cast<llvm::ConstantInt>(condition)) {
    if (constant->isOne()) body();
    return;
  }
  llvm::LLVMContext& context = module.getContext();
  auto* inside = llvm::BasicBlock::Create(context, "if", function);
  auto* after = llvm::BasicBlock::Create(context, "endif", function);
  ir.CreateCondBr(condition, inside, after);
  ir.SetInsertPoint(inside);
  body();
  ir.CreateBr(after);
  ir.SetInsertPoint(after);
}

}  // namespace bouton::codegen
