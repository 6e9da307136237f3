#include "compiler/codegen/status.h"

#include <llvm/IR/Intrinsics.h>

#include <cstddef>

#include "compiler/base/check.h"

namespace bouton::codegen {

namespace {

void store_status(Emission& e, std::size_t field, llvm::Value* value) {
  e.ir.CreateStore(value, e.arena_at(e.layout.status_offset + static_cast<std::int64_t>(field)));
}

// The first element of the mask that is set: the lane that failed.
llvm::Value* first_set(Emission& e, llvm::Value* mask) {
  if (e.width() == 1) return e.whole(0);
  llvm::Value* bits = e.ir.CreateBitCast(mask, e.ir.getIntNTy(static_cast<unsigned>(e.width())));
  llvm::Value* wide = e.ir.CreateZExt(bits, e.ir.getInt64Ty());
  return e.ir.CreateBinaryIntrinsic(llvm::Intrinsic::cttz, wide, e.ir.getFalse());
}

}  // namespace

void emit_require(Emission& e, const Position& position, const plan::Op& op,
                  llvm::Value* condition) {
  BOUTON_CHECK(e.fault_exit != nullptr, "a fault outside of a function that can fail");
  llvm::Value* broken = e.both(e.both(position.inside, position.active), e.ir.CreateNot(condition));
  auto* fail = llvm::BasicBlock::Create(e.module.getContext(), "fault", e.function);
  auto* go_on = llvm::BasicBlock::Create(e.module.getContext(), "sound", e.function);
  e.ir.CreateCondBr(e.any(broken), fail, go_on);
  e.ir.SetInsertPoint(fail);
  const auto fault = std::get<plan::FaultAttribute>(op.attribute).fault;
  store_status(e, offsetof(runtime::StatusSlot, fault), e.whole(std::int64_t{fault.value} + 1));
  store_status(e, offsetof(runtime::StatusSlot, step), e.step);
  store_status(e, offsetof(runtime::StatusSlot, lane),
               e.along_lanes() ? first_set(e, broken) : e.whole(0));
  e.ir.CreateBr(e.fault_exit);
  e.ir.SetInsertPoint(go_on);
}

}  // namespace bouton::codegen
