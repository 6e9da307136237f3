#include "compiler/codegen/moving_average.h"

#include <llvm/IR/Intrinsics.h>

#include "compiler/codegen/frame_columns.h"
#include "compiler/codegen/kernel.h"

namespace bouton::codegen {

namespace {

class AverageEmitter {
 public:
  AverageEmitter(Emission& e, const plan::MovingAverage& average)
      : e_(e),
        average_(average),
        axis_(e.plan.columns[average.what].axes.front()),
        length_(e.length(e.plan.columns[average.samples].axes.front())),
        real_(e.element_type(plan::kReal)) {}

  void emit() {
    if (average_.first) begin_with(*average_.first);
    llvm::Value* count = load_count();
    llvm::Value* place = e_.ir.CreateURem(count, length_);
    e_.if_true(e_.ir.CreateICmpEQ(place, e_.whole(0)), [&] { begin_block(); });
    llvm::Value* counted = e_.ir.CreateAdd(count, e_.whole(1));
    add_sample(place, counted);
    store_count(counted);
  }

 private:
  // The same in all lanes: they advance and are reset together.
  llvm::Value* load_count() {
    return e_.ir.CreateLoad(e_.ir.getInt64Ty(),
                            column_begin(e_, average_.count, Cells::Current, Use::Read));
  }
  void store_count(llvm::Value* count) {
    llvm::Value* begin = column_begin(e_, average_.count, Cells::Current, Use::Write);
    for (int lane = 0; lane < e_.lanes(); ++lane)
      e_.ir.CreateStore(count, e_.ir.CreateConstInBoundsGEP1_64(e_.ir.getInt64Ty(), begin,
                                                                static_cast<std::uint64_t>(lane)));
  }

  // A sample that nobody sees the mean of.
  void begin_with(plan::ColumnId first) {
    e_.if_true(e_.ir.CreateICmpEQ(load_count(), e_.whole(0)), [&] {
      emit_space(e_, {axis_}, Position{}, [&](const Position& position) {
        llvm::Value* sample = load(e_, position, at(first, position));
        set(average_.prefix, position, e_.ir.CreateFAdd(zero(), sample));
        store(e_, position, sample_at(e_.whole(0), position), sample, nullptr);
      });
      store_count(e_.whole(1));
    });
  }

  // The samples of the full block become its suffix sums.
  void begin_block() {
    emit_space(e_, {axis_}, Position{}, [&](const Position& position) {
      llvm::AllocaInst* sum = e_.local(e_.vector_of(real_), zero(), "suffix");
      e_.loop(e_.whole(0), length_, 1, [&](llvm::Value* i) {
        const Subscripted place =
            sample_at(e_.ir.CreateSub(e_.ir.CreateSub(length_, e_.whole(1)), i), position);
        llvm::Value* before = e_.ir.CreateLoad(e_.vector_of(real_), sum);
        llvm::Value* longer = e_.ir.CreateFAdd(before, load(e_, position, place));
        e_.ir.CreateStore(longer, sum);
        store(e_, position, place, longer, nullptr);
      });
      set(average_.prefix, position, zero());
    });
  }

  void add_sample(llvm::Value* place, llvm::Value* counted) {
    llvm::Value* next = e_.ir.CreateAdd(place, e_.whole(1));
    llvm::Value* has_next = e_.ir.CreateICmpSLT(next, length_);
    llvm::Value* uses_suffix = e_.ir.CreateAnd(has_next, e_.ir.CreateICmpSGT(counted, length_));
    llvm::Value* samples = e_.ir.CreateBinaryIntrinsic(llvm::Intrinsic::smin, counted, length_);
    llvm::Value* divisor = e_.splat(e_.ir.CreateSIToFP(samples, real_));
    emit_space(e_, {axis_}, Position{}, [&](const Position& position) {
      llvm::Value* sample = load(e_, position, at(average_.what, position));
      llvm::Value* suffix = suffix_at(next, uses_suffix, position);
      llvm::Value* prefix =
          e_.ir.CreateFAdd(load(e_, position, at(average_.prefix, position)), sample);
      set(average_.prefix, position, prefix);
      set(average_.mean, position, e_.ir.CreateFDiv(e_.ir.CreateFAdd(suffix, prefix), divisor));
      store(e_, position, sample_at(place, position), sample, nullptr);
    });
  }

  // A branch: it is taken the same way for as long as a window.
  llvm::Value* suffix_at(llvm::Value* place, llvm::Value* is_used, const Position& position) {
    llvm::AllocaInst* suffix = e_.local(e_.vector_of(real_), zero(), "suffix");
    e_.if_true(is_used,
               [&] { e_.ir.CreateStore(load(e_, position, sample_at(place, position)), suffix); });
    return e_.ir.CreateLoad(e_.vector_of(real_), suffix);
  }

  Subscripted at(plan::ColumnId column, const Position& position) {
    return {column, plan::Version::Current, {position.at(axis_)}};
  }
  Subscripted sample_at(llvm::Value* place, const Position& position) {
    return {
        average_.samples, plan::Version::Current, {AxisIndex{place, false}, position.at(axis_)}};
  }
  void set(plan::ColumnId column, const Position& position, llvm::Value* value) {
    store(e_, position, at(column, position), value, nullptr);
  }
  llvm::Value* zero() { return e_.splat(llvm::ConstantFP::get(real_, 0.0)); }

  Emission& e_;
  const plan::MovingAverage& average_;
  plan::AxisId axis_;
  llvm::Value* length_;
  llvm::Type* real_;
};

}  // namespace

void emit_moving_average(Emission& e, const plan::MovingAverage& average) {
  AverageEmitter(e, average).emit();
}

}  // namespace bouton::codegen
