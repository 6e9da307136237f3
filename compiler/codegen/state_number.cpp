#include "compiler/codegen/state_number.h"

#include <llvm/IR/Intrinsics.h>

namespace bouton::codegen {

namespace {

llvm::Value* load_at(Emission& e, const Subscripted& what, const Position& position,
                     plan::AxisId axis) {
  return load(e, position, {what.what, what.version, {position.at(axis)}});
}

llvm::Value* numbers_of_lanes(Emission& e, const Subscripted& what, plan::AxisId axis,
                              FirstElement first) {
  llvm::Type* numbers = e.vector_of(e.ir.getInt64Ty());
  llvm::AllocaInst* state = e.local(numbers, e.splat_whole(0), "states");
  llvm::Value* last = e.ir.CreateSub(e.length(axis), e.whole(1));
  e.loop(e.whole(0), e.length(axis), 1, [&](llvm::Value* i) {
    const Position position{{{axis, AxisIndex{i, false}}}, nullptr, nullptr};
    llvm::Value* bit = e.ir.CreateZExt(load_at(e, what, position, axis), numbers);
    llvm::Value* place = first == FirstElement::LeastSignificant ? i : e.ir.CreateSub(last, i);
    llvm::Value* others = e.ir.CreateLoad(numbers, state);
    e.ir.CreateStore(e.ir.CreateOr(others, e.ir.CreateShl(bit, e.splat(place))), state);
  });
  return e.ir.CreateLoad(numbers, state);
}

// Of the only lane, from vectors of elements.
llvm::Value* number_alone(Emission& e, const Subscripted& what, plan::AxisId axis,
                          FirstElement first) {
  llvm::AllocaInst* bits = e.local(e.ir.getInt64Ty(), e.whole(0), "state");
  emit_space(e, {axis}, Position{}, [&](const Position& position) {
    llvm::Value* active = e.both(position.inside, load_at(e, what, position, axis));
    llvm::Value* few = e.ir.CreateBitCast(active, e.ir.getIntNTy(static_cast<unsigned>(e.width())));
    llvm::Value* shifted =
        e.ir.CreateShl(e.ir.CreateZExt(few, e.ir.getInt64Ty()), position.at(axis).first);
    e.ir.CreateStore(e.ir.CreateOr(e.ir.CreateLoad(e.ir.getInt64Ty(), bits), shifted), bits);
  });
  llvm::Value* number = e.ir.CreateLoad(e.ir.getInt64Ty(), bits);
  if (first == FirstElement::LeastSignificant) return number;
  llvm::Value* reversed = e.ir.CreateUnaryIntrinsic(llvm::Intrinsic::bitreverse, number);
  return e.ir.CreateLShr(reversed, e.ir.CreateSub(e.whole(64), e.length(axis)));
}

}  // namespace

llvm::Value* state_number(Emission& e, const Subscripted& what, plan::AxisId axis,
                          FirstElement first) {
  return e.along_lanes() ? numbers_of_lanes(e, what, axis, first)
                         : number_alone(e, what, axis, first);
}

}  // namespace bouton::codegen
