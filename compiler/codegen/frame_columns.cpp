#include "compiler/codegen/frame_columns.h"

#include <algorithm>
#include <optional>

namespace bouton::codegen {

namespace {

bool counts_steps(const Emission& e, plan::ColumnId column) {
  return std::ranges::any_of(e.plan.circuits,
                             [&](const plan::Circuit& circuit) { return circuit.clock == column; });
}

// So many cells are accessed, those behind the last element included; nothing where it stays in the
// arena.
std::optional<std::int64_t> cells_in_frame(Emission& e, plan::ColumnId column) {
  const runtime::ColumnLayout& place = e.layout.columns[column.value];
  const bool buffered =
      place.next_offset != runtime::kNoOffset || place.previous_offset != runtime::kNoOffset;
  if (e.along_lanes() || e.frame->width == 1) return std::nullopt;
  if (place.external || buffered || counts_steps(e, column)) return std::nullopt;
  const auto& axes = e.plan.columns[column].axes;
  const PackedColumn* packed = e.packed(column);
  const auto length = packed ? std::optional(packed->cells) : e.known_length(axes);
  if (!length || *length == 0 || e.begin_is_pooled()) return std::nullopt;
  const std::int64_t width = axes.empty() ? 1 : e.frame->width;
  const std::int64_t cells = (*length + width - 1) / width * width;
  if (cells * bytes_of(place.type) > image::kAlignment) return std::nullopt;
  return cells;
}

llvm::Type* type_of_cells(Emission& e, plan::ColumnId column, std::int64_t cells) {
  llvm::Type* cell = e.cell_type(e.layout.columns[column.value].type);
  if (cells == 1) return cell;
  return llvm::FixedVectorType::get(cell, static_cast<unsigned>(cells));
}

void copy(llvm::IRBuilder<>& ir, llvm::Type* type, llvm::Value* to, llvm::Value* from) {
  const llvm::Align align(image::kAlignment);
  ir.CreateAlignedStore(ir.CreateAlignedLoad(type, from, align), to, align);
}

// Behind the variable itself, in front of all code.
FrameColumn put_into_frame(Emission& e, plan::ColumnId column, std::int64_t cells) {
  llvm::BasicBlock& entry = e.function->getEntryBlock();
  llvm::IRBuilder<> ir(&entry, entry.begin());
  llvm::Type* type = type_of_cells(e, column, cells);
  llvm::AllocaInst* variable = ir.CreateAlloca(type, nullptr, "column");
  variable->setAlignment(llvm::Align(image::kAlignment));
  const std::int64_t offset = e.layout.columns[column.value].offset;
  llvm::Value* in_arena = ir.CreateInBoundsGEP(ir.getInt8Ty(), e.arena, e.whole(offset));
  copy(ir, type, variable, in_arena);
  return {variable, false};
}

}  // namespace

void begin_frame(Emission& e) { e.frame = Frame{e.width(), {}}; }

llvm::Value* column_begin(Emission& e, plan::ColumnId column, Cells cells, Use use) {
  const auto in_arena = [&] { return e.arena_at(e.arena_offset_of(column, cells)); };
  if (!e.frame || cells != Cells::Current) return in_arena();
  auto& columns = e.frame->columns;
  const PackedColumn* packed = e.packed(column);
  const plan::ColumnId first = packed ? packed->first : column;
  auto found = columns.find(first);
  if (found == columns.end()) {
    const auto count = cells_in_frame(e, first);
    if (!count) return in_arena();
    found = columns.emplace(first, put_into_frame(e, first, *count)).first;
  }
  if (use == Use::Write) found->second.written = true;
  if (column == first) return found->second.variable;
  const auto& places = e.layout.columns;
  const std::int64_t bytes = places[column.value].offset - places[first.value].offset;
  return e.ir.CreateInBoundsGEP(e.ir.getInt8Ty(), found->second.variable, e.whole(bytes));
}

void emit_frame_copies(Emission& e) {
  for (const auto& [column, place] : e.frame->columns)
    if (place.written)
      copy(e.ir, place.variable->getAllocatedType(),
           e.arena_at(e.arena_offset_of(column, Cells::Current)), place.variable);
}

}  // namespace bouton::codegen
