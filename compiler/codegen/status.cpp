#include "compiler/codegen/status.h"

#include <llvm/IR/Intrinsics.h>

#include <algorithm>
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

// The index along one axis of the element of the vector that failed; -1 off the space.
llvm::Value* index_along(Emission& e, const Position& position, plan::AxisId axis,
                         llvm::Value* failed) {
  const auto at =
      std::ranges::find(position.axes, axis, &std::pair<plan::AxisId, AxisIndex>::first);
  if (at == position.axes.end()) return e.whole(runtime::StatusSlot::kNone);
  return at->second.counts_up ? e.ir.CreateAdd(at->second.first, failed) : at->second.first;
}

void store_element(Emission& e, const Position& position, const plan::Kernel& kernel,
                   llvm::Value* failed) {
  llvm::Value* index = e.whole(runtime::StatusSlot::kNone);
  llvm::Value* pre = index;
  const auto* dense =
      kernel.link ? std::get_if<plan::DenseStorage>(&e.plan.links[*kernel.link].storage) : nullptr;
  if (dense != nullptr) {
    index = index_along(e, position, dense->post, failed);
    pre = index_along(e, position, dense->pre, failed);
  } else if (!kernel.space.empty()) {
    index = index_along(e, position, kernel.space.back(), failed);
  }
  store_status(e, offsetof(runtime::StatusSlot, index), index);
  store_status(e, offsetof(runtime::StatusSlot, pre), pre);
}

}  // namespace

void emit_require(Emission& e, const Position& position, const plan::Kernel& kernel,
                  const plan::Op& op, llvm::Value* condition, llvm::Value* number) {
  BOUTON_CHECK(e.fault_exit != nullptr, "a fault outside of a function that can fail");
  llvm::Value* broken = e.both(effective(e, position), e.ir.CreateNot(condition));
  if (e.broken != nullptr) {
    llvm::Value* before = e.ir.CreateLoad(e.ir.getInt1Ty(), e.broken);
    e.ir.CreateStore(e.ir.CreateOr(before, e.any(broken)), e.broken);
    return;
  }
  const bool is_packed = position.packed != nullptr;
  llvm::BasicBlock* fail = is_packed ? position.packed->on_failure : e.block("fault");
  llvm::BasicBlock* go_on = e.block("sound");
  e.ir.CreateCondBr(e.any(broken), fail, go_on);
  if (is_packed) return e.ir.SetInsertPoint(go_on);
  e.ir.SetInsertPoint(fail);
  const auto fault = std::get<plan::FaultAttribute>(op.attribute).fault;
  llvm::Value* failed = first_set(e, broken);
  llvm::Value* about = e.width() == 1 ? number : e.ir.CreateExtractElement(number, failed);
  store_status(e, offsetof(runtime::StatusSlot, fault), e.whole(std::int64_t{fault.value} + 1));
  llvm::Value* step = e.width() == 1 ? e.steps : e.ir.CreateExtractElement(e.steps, failed);
  store_status(e, offsetof(runtime::StatusSlot, step), step);
  store_status(e, offsetof(runtime::StatusSlot, lane), e.along_lanes() ? failed : e.whole(0));
  store_status(e, offsetof(runtime::StatusSlot, value),
               e.ir.CreateFPCast(about, e.ir.getDoubleTy()));
  store_element(e, position, kernel, failed);
  e.ir.CreateBr(e.fault_exit);
  e.ir.SetInsertPoint(go_on);
}

}  // namespace bouton::codegen
