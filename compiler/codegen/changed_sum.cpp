#include "compiler/codegen/changed_sum.h"

#include <llvm/IR/Intrinsics.h>

#include <vector>

#include "compiler/codegen/reduction.h"

namespace bouton::codegen {

namespace {

// A term that changes is added to sums that lie a row apart, so it costs as much as so many that
// are next to each other.
constexpr std::int64_t kCostOfTerm = 4;
constexpr std::int64_t kLeastTerms = 2 * kCostOfTerm;

}  // namespace

std::optional<ChangedSum> ChangedSum::of(Emission& e, const plan::Kernel& kernel,
                                         const plan::ChangedSum& found) {
  const auto terms = e.known_length(found.axis);
  if (!terms || *terms < kLeastTerms) return std::nullopt;
  if (!e.reserve_stack((*terms + e.width()) * e.lanes())) return std::nullopt;
  return ChangedSum(e, kernel, found, *terms);
}

ChangedSum::ChangedSum(Emission& e, const plan::Kernel& kernel, const plan::ChangedSum& found,
                       std::int64_t terms)
    : e_(e),
      kernel_(kernel),
      found_(found),
      cells_(e.vector_of(e.ir.getInt8Ty())),
      valid_(e.local(e.ir.getInt1Ty(), e.ir.getFalse(), "summed")) {
  const auto bytes = static_cast<std::uint64_t>((terms + e.width()) * e.lanes());
  seen_ = e.local(llvm::ArrayType::get(e.ir.getInt8Ty(), bytes), nullptr, "seen");
  e.ir.CreateMemSet(seen_, e.ir.getInt8(0), bytes, llvm::MaybeAlign(1));
}

llvm::Value* ChangedSum::is_on(const Position& position) {
  const plan::AxisId axis = e_.plan.columns[found_.on].axes.front();
  return load(e_, position,
              {found_.on, plan::Version::Current, {translate(e_, position, found_.axis, axis)}});
}

llvm::Value* ChangedSum::seen_at(const Position& position) {
  llvm::Value* first = position.at(found_.axis).first;
  return e_.cell(seen_, e_.ir.CreateMul(first, e_.whole(e_.lanes())));
}

llvm::Value* ChangedSum::was_on(const Position& position) {
  llvm::Value* cells = e_.ir.CreateAlignedLoad(cells_, seen_at(position), llvm::Align(1));
  return e_.ir.CreateTrunc(cells, e_.vector_of(e_.ir.getInt1Ty()));
}

void ChangedSum::remember(const Position& position) {
  llvm::Value* cells = e_.ir.CreateZExt(is_on(position), cells_);
  e_.ir.CreateAlignedStore(cells, seen_at(position), llvm::Align(1));
}

// Whether the term has come or gone since the sums were made.
llvm::Value* ChangedSum::has_changed(const Position& position) {
  return e_.ir.CreateXor(is_on(position), was_on(position));
}

// i64: a bit for each term of a block.
llvm::Value* ChangedSum::changes_of(const Position& block) {
  return e_.bits_of(e_.both(block.inside, has_changed(block)));
}

// i64
llvm::Value* ChangedSum::count_changes() {
  llvm::AllocaInst* count = e_.local(e_.ir.getInt64Ty(), e_.whole(0), "count");
  emit_space(e_, {found_.axis}, Position{}, [&](const Position& position) {
    llvm::Value* here = e_.ir.CreateUnaryIntrinsic(llvm::Intrinsic::ctpop, changes_of(position));
    e_.ir.CreateStore(e_.ir.CreateAdd(e_.ir.CreateLoad(e_.ir.getInt64Ty(), count), here), count);
  });
  return e_.ir.CreateLoad(e_.ir.getInt64Ty(), count);
}

void ChangedSum::emit() {
  llvm::Value* keeps = e_.ir.CreateLoad(e_.ir.getInt1Ty(), valid_);
  if (!e_.along_lanes()) {
    llvm::Value* cost = e_.ir.CreateMul(count_changes(), e_.whole(kCostOfTerm));
    keeps = e_.ir.CreateAnd(keeps, e_.ir.CreateICmpSLE(cost, e_.length(found_.axis)));
  }
  e_.if_true(keeps, [&] { update(); });
  e_.if_true(e_.ir.CreateNot(keeps), [&] { sum_anew(); });
}

void ChangedSum::sum_anew() {
  emit_kernel(e_, kernel_, {});
  emit_space(e_, {found_.axis}, Position{}, [&](const Position& position) { remember(position); });
  e_.ir.CreateStore(e_.ir.getTrue(), valid_);
}

void ChangedSum::update() {
  emit_space(e_, {found_.axis}, Position{}, [&](const Position& position) {
    e_.along_lanes() ? update_by_lane(position) : update_block(position);
  });
}

void ChangedSum::update_by_lane(const Position& position) {
  llvm::Value* changed = has_changed(position);
  e_.if_true(e_.any(changed), [&] {
    update_term(position, changed);
    remember(position);
  });
}

void ChangedSum::update_block(const Position& position) {
  llvm::Value* bits = changes_of(position);
  e_.if_true(e_.ir.CreateICmpNE(bits, e_.whole(0)), [&] {
    e_.for_each_bit(bits, [&](llvm::Value* bit) {
      llvm::Value* term = e_.ir.CreateAdd(position.at(found_.axis).first, bit);
      update_term({{{found_.axis, AxisIndex{term, false}}}, nullptr, nullptr}, nullptr);
    });
    remember(position);
  });
}

// All sums in which the term is; `changed`: in which lanes, null where there are none.
void ChangedSum::update_term(const Position& term, llvm::Value* changed) {
  std::vector<plan::AxisId> outer = kernel_.space;
  std::erase(outer, found_.axis);
  emit_space(e_, outer, term, [&](const Position& found) {
    Position position = found;
    if (kernel_.link) position.active = existing_synapses(e_, position, *kernel_.link);
    add_to_sums(position, changed);
  });
}

void ChangedSum::add_to_sums(const Position& position, llvm::Value* changed) {
  const auto values = emit_body(e_, kernel_, position, {});
  for (const plan::Reduction& sum : kernel_.reductions) {
    const Subscripted into = result_of(e_, kernel_, sum, position);
    llvm::Value* held = load(e_, position, into);
    llvm::Value* term = values[sum.value.value];
    llvm::Value* now = e_.ir.CreateSelect(values[sum.where->value], e_.ir.CreateAdd(held, term),
                                          e_.ir.CreateSub(held, term));
    store(e_, position, into, now, changed);
  }
}

}  // namespace bouton::codegen
