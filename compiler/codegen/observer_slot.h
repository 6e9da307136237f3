// The ObserverSlot of one observer, as generated code reads and writes it.
#pragma once

#include <cstddef>

#include "compiler/codegen/emission.h"

namespace bouton::codegen {

class ObserverSlot {
 public:
  ObserverSlot(Emission& e, plan::ObserverId observer)
      : e_(e),
        offset_(e.layout.observers_offset +
                std::int64_t{observer.value} *
                    static_cast<std::int64_t>(sizeof(runtime::ObserverSlot))) {}

  llvm::Value* active() {  // i1
    return e_.ir.CreateICmpNE(whole(offsetof(runtime::ObserverSlot, active)), e_.whole(0));
  }
  llvm::Value* cells() {
    return e_.ir.CreateLoad(e_.ir.getPtrTy(), at(offsetof(runtime::ObserverSlot, cells)));
  }
  // Steps of the run (i64): of the next sample, and from one to the next.
  llvm::Value* next() { return whole(offsetof(runtime::ObserverSlot, next)); }
  llvm::Value* every() { return whole(offsetof(runtime::ObserverSlot, every)); }
  llvm::Value* taken() { return whole(offsetof(runtime::ObserverSlot, taken)); }

  // So many samples have been taken.
  void advance(llvm::Value* samples) {
    set(offsetof(runtime::ObserverSlot, taken), e_.ir.CreateAdd(taken(), samples));
    set(offsetof(runtime::ObserverSlot, next),
        e_.ir.CreateAdd(next(), e_.ir.CreateMul(samples, every())));
  }

 private:
  llvm::Value* whole(std::size_t field) { return e_.ir.CreateLoad(e_.ir.getInt64Ty(), at(field)); }
  void set(std::size_t field, llvm::Value* value) { e_.ir.CreateStore(value, at(field)); }
  llvm::Value* at(std::size_t field) {
    return e_.arena_at(offset_ + static_cast<std::int64_t>(field));
  }

  Emission& e_;
  std::int64_t offset_;
};

}  // namespace bouton::codegen
