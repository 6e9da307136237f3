#include "compiler/codegen/memo.h"

#include <algorithm>
#include <utility>

#include "compiler/codegen/kernel.h"

namespace bouton::codegen {

namespace {

constexpr std::int64_t kMostTruthValues = 10;
constexpr std::int64_t kMostBytes = std::int64_t{1} << 18;  // of all tables, on the stack

// Of a column's cells, with the rest of the last cache line.
std::int64_t bytes_in_blocks(const Emission& e, plan::ColumnId column) {
  const runtime::ColumnLayout& layout = e.layout.columns[column.value];
  const std::int64_t bytes = layout.elements() * bytes_of(layout.type);
  return (bytes + image::kAlignment - 1) / image::kAlignment * image::kAlignment;
}

std::int64_t truth_values(const Emission& e, const std::set<plan::ColumnId>& columns) {
  std::int64_t count = 0;
  for (const plan::ColumnId column : columns) count += e.layout.columns[column.value].elements();
  return count;
}

// Whether every cell that a kernel writes follows from what it reads, and none keeps what it held.
bool writes_all(const plan::Kernel& kernel) {
  return std::ranges::all_of(kernel.body, [](const plan::Op& op) {
    if (op.code == plan::OpCode::StoreWhere) return false;
    if (op.code != plan::OpCode::Store) return true;
    return std::ranges::all_of(
        std::get<plan::AccessAttribute>(op.attribute).at,
        [](const plan::Subscript& at) { return std::holds_alternative<plan::AxisId>(at); });
  });
}

}  // namespace

std::unique_ptr<Memo> Memo::make(Emission& e, std::span<const plan::KernelId> kernels,
                                 const std::set<plan::ColumnId>& watched) {
  const std::int64_t bits = truth_values(e, watched);
  if (e.lanes() > 1 || e.has_pooled_sizes() || bits > kMostTruthValues) return nullptr;
  std::set<plan::ColumnId> written;
  for (const plan::KernelId id : kernels) {
    const plan::Kernel& kernel = e.plan.kernels[id];
    if (!writes_all(kernel)) return nullptr;
    written.insert(kernel.writes.begin(), kernel.writes.end());
  }
  std::int64_t bytes = 0;
  for (const plan::ColumnId column : written) bytes += bytes_in_blocks(e, column);
  const std::int64_t patterns = std::int64_t{1} << bits;
  const auto has_axes = [&](plan::ColumnId column) {
    return e.plan.columns[column].axes.size() == 1;
  };
  if (bytes * patterns > kMostBytes || !std::ranges::all_of(watched, has_axes)) return nullptr;
  return std::unique_ptr<Memo>(new Memo(e, watched, std::move(written), patterns));
}

Memo::Memo(Emission& e, std::set<plan::ColumnId> watched, std::set<plan::ColumnId> written,
           std::int64_t patterns)
    : e_(e), watched_(std::move(watched)), written_(std::move(written)) {
  const auto array_of = [&](std::int64_t bytes) {
    return llvm::ArrayType::get(e.ir.getInt8Ty(), static_cast<std::uint64_t>(bytes));
  };
  for (const plan::ColumnId column : written_) {
    tables_.push_back(
        e.local(array_of(patterns * bytes_in_blocks(e, column)), nullptr, "remembered"));
    tables_.back()->setAlignment(llvm::Align(image::kAlignment));
  }
  known_ = e.local(array_of(patterns), nullptr, "known");
  e.ir.CreateMemSet(known_, e.ir.getInt8(0), static_cast<std::uint64_t>(patterns), {});
}

llvm::Value* Memo::pattern() {
  llvm::AllocaInst* bits = e_.local(e_.ir.getInt64Ty(), e_.whole(0), "pattern");
  std::int64_t first = 0;
  for (const plan::ColumnId column : watched_) {
    const plan::AxisId axis = e_.plan.columns[column].axes.front();
    emit_space(e_, {axis}, Position{}, [&](const Position& position) {
      llvm::Value* truth =
          e_.both(position.inside,
                  load(e_, position, {column, plan::Version::Current, {position.at(axis)}}));
      llvm::Value* few =
          e_.ir.CreateBitCast(truth, e_.ir.getIntNTy(static_cast<unsigned>(e_.width())));
      llvm::Value* shift = e_.ir.CreateAdd(position.at(axis).first, e_.whole(first));
      llvm::Value* shifted = e_.ir.CreateShl(e_.ir.CreateZExt(few, e_.ir.getInt64Ty()), shift);
      llvm::Value* before = e_.ir.CreateLoad(e_.ir.getInt64Ty(), bits);
      e_.ir.CreateStore(e_.ir.CreateOr(before, shifted), bits);
    });
    first += e_.layout.columns[column.value].elements();
  }
  return e_.ir.CreateLoad(e_.ir.getInt64Ty(), bits);
}

void Memo::copy(llvm::Value* pattern, bool from_table) {
  const llvm::MaybeAlign align(image::kAlignment);
  auto table = tables_.begin();
  for (const plan::ColumnId column : written_) {
    const std::int64_t bytes = bytes_in_blocks(e_, column);
    llvm::Value* offset = e_.ir.CreateMul(pattern, e_.whole(bytes));
    llvm::Value* remembered = e_.ir.CreateInBoundsGEP(e_.ir.getInt8Ty(), *table++, offset);
    llvm::Value* cells = e_.arena_at(e_.begin_of(column, Cells::Current));
    e_.ir.CreateMemCpy(from_table ? cells : remembered, align, from_table ? remembered : cells,
                       align, static_cast<std::uint64_t>(bytes));
  }
}

void Memo::emit(const std::function<void()>& emit_kernels) {
  llvm::Value* here = pattern();
  llvm::Value* known_at = e_.ir.CreateInBoundsGEP(e_.ir.getInt8Ty(), known_, here);
  llvm::Value* is_known =
      e_.ir.CreateICmpNE(e_.ir.CreateLoad(e_.ir.getInt8Ty(), known_at), e_.ir.getInt8(0));
  e_.if_true(is_known, [&] { copy(here, true); });
  e_.if_true(e_.ir.CreateNot(is_known), [&] {
    emit_kernels();
    copy(here, false);
    e_.ir.CreateStore(e_.ir.getInt8(1), known_at);
  });
}

}  // namespace bouton::codegen
