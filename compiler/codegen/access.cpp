#include "compiler/codegen/access.h"

#include <algorithm>

#include "compiler/base/check.h"
#include "compiler/base/match.h"
#include "compiler/codegen/frame_columns.h"
#include "compiler/plan/query.h"

namespace bouton::codegen {

namespace {

using Index = std::variant<AxisIndex, llvm::Value*>;

Cells cells_of(const runtime::ColumnLayout& layout, plan::Version version, bool for_store) {
  if (version == plan::Version::PreviousStep) return Cells::Previous;
  const bool use_next =
      layout.next_offset != runtime::kNoOffset && (for_store || version == plan::Version::Current);
  return use_next ? Cells::Next : Cells::Current;
}

// The cell number of the first element, and how it changes along the vector.
struct Linear {
  llvm::Value* first = nullptr;  // i64, of the uniform parts
  llvm::Value* along = nullptr;  // i64, cells per vector element; null: `each` holds all
  llvm::Value* each = nullptr;   // vector of i64, complete cell numbers
};

llvm::Value* vector_index(Emission& e, const Index& index) {
  return match(
      index, [](llvm::Value* each) { return each; },
      [&](const AxisIndex& axis) -> llvm::Value* {
        llvm::Value* first = e.splat(axis.first);
        return axis.counts_up ? e.ir.CreateAdd(first, e.counting_up()) : first;
      });
}

Linear linearise(Emission& e, plan::ColumnId column, const std::vector<Index>& at) {
  const std::vector<plan::AxisId>& axes = e.plan.columns[column].axes;
  bool gathered = false;
  for (const Index& index : at) gathered |= std::holds_alternative<llvm::Value*>(index);
  Linear linear{e.whole(0), e.whole(0), nullptr};
  if (gathered) linear = {nullptr, nullptr, e.splat_whole(0)};
  llvm::Value* stride = e.whole(1);
  for (std::size_t d = at.size(); d-- > 0;) {
    if (gathered) {
      linear.each =
          e.ir.CreateAdd(linear.each, e.ir.CreateMul(vector_index(e, at[d]), e.splat(stride)));
    } else {
      const auto& axis = std::get<AxisIndex>(at[d]);
      linear.first = e.ir.CreateAdd(linear.first, e.ir.CreateMul(axis.first, stride));
      if (axis.counts_up) linear.along = e.ir.CreateAdd(linear.along, stride);
    }
    if (d > 0) stride = e.ir.CreateMul(stride, e.length(axes[d]));
  }
  return linear;
}

llvm::Value* cell_pointer(Emission& e, llvm::Value* base, const runtime::ColumnLayout& layout,
                          llvm::Value* cell) {
  return e.ir.CreateGEP(e.cell_type(layout.type), base, cell);
}

llvm::Value* base_pointer(Emission& e, plan::ColumnId column, Cells cells, Use use) {
  llvm::Value* begin = column_begin(e, column, cells, use);
  const bool external = e.layout.columns[column.value].external;
  return external ? e.ir.CreateLoad(e.ir.getPtrTy(), begin) : begin;
}

// In memory truth values are bytes. Wide kernels compute in double whatever they read.
llvm::Value* from_cells(Emission& e, llvm::Value* cells) {
  llvm::Type* element = cells->getType()->getScalarType();
  if (element->isFloatTy() && e.precision == plan::Precision::Double)
    return e.ir.CreateFPExt(cells, e.vector_of(e.ir.getDoubleTy()));
  if (!element->isIntegerTy(8)) return cells;
  return e.ir.CreateICmpNE(cells, llvm::Constant::getNullValue(cells->getType()));
}

llvm::Value* to_cells(Emission& e, llvm::Value* value) {
  if (!value->getType()->getScalarType()->isIntegerTy(1)) return value;
  llvm::Type* byte = e.ir.getInt8Ty();
  return e.ir.CreateZExt(value, value->getType()->isVectorTy() ? e.vector_of(byte) : byte);
}

llvm::Value* load_cells(Emission& e, const Address& address, llvm::Type* cell, llvm::Align align,
                        llvm::Value* inside) {
  llvm::Type* vector = e.vector_of(cell);
  if (address.pointers != nullptr)
    return e.ir.CreateMaskedGather(vector, address.pointers, align, e.mask_or_true(inside),
                                   llvm::Constant::getNullValue(vector));
  if (address.uniform) return e.splat(e.ir.CreateAlignedLoad(cell, address.pointer, align));
  if (inside == nullptr) return e.ir.CreateAlignedLoad(vector, address.pointer, align);
  return e.ir.CreateMaskedLoad(vector, address.pointer, align, inside,
                               llvm::Constant::getNullValue(vector));
}

void store_cells(Emission& e, const Address& address, llvm::Value* cells, llvm::Align align,
                 llvm::Value* mask) {
  if (address.pointers != nullptr) {
    e.ir.CreateMaskedScatter(cells, address.pointers, align, e.mask_or_true(mask));
  } else if (mask == nullptr) {
    e.ir.CreateAlignedStore(cells, address.pointer, align);
  } else {
    e.ir.CreateMaskedStore(cells, address.pointer, align, mask);
  }
}

// A vector of width 1 is a scalar: masks become branches.
void store_scalar(Emission& e, llvm::Value* pointer, llvm::Value* cell, llvm::Align align,
                  llvm::Value* mask) {
  if (mask == nullptr) {
    e.ir.CreateAlignedStore(cell, pointer, align);
    return;
  }
  e.if_true(mask, [&] { e.ir.CreateAlignedStore(cell, pointer, align); });
}

// All axes but the first have one element, as those of rings that keep one spike.
bool is_row(Emission& e, plan::ColumnId column) {
  const auto& axes = e.plan.columns[column].axes;
  return !axes.empty() && std::ranges::all_of(axes.begin() + 1, axes.end(), [&](plan::AxisId axis) {
    return e.known_length(axis) == 1;
  });
}

// See Note [Room behind columns].
bool has_room_behind(Emission& e, const Position& position, plan::ColumnId column,
                     const std::vector<Index>& at) {
  const runtime::ColumnLayout& layout = e.layout.columns[column.value];
  if (e.packed(column) != nullptr && position.packed == nullptr) return false;
  if (e.along_lanes() || e.width() == 1 || layout.external || !is_row(e, column)) return false;
  const bool computed = std::ranges::any_of(
      at, [](const Index& index) { return !std::holds_alternative<AxisIndex>(index); });
  return !computed && std::get<AxisIndex>(at.front()).in_blocks &&
         e.width() * bytes_of(layout.type) <= image::kAlignment;
}

// Along the very axis of the column, and not a part of it.
bool has_room_to_store(Emission& e, const Position& position, plan::ColumnId column,
                       const std::vector<Index>& at) {
  if (!has_room_behind(e, position, column, at)) return false;
  const plan::AxisId axis = e.plan.columns[column].axes.front();
  return std::ranges::any_of(position.axes, [&](const auto& along) {
    return along.first == axis && along.second.first == std::get<AxisIndex>(at.front()).first;
  });
}

// Elements where the mask does not hold keep what they have.
void store_block(Emission& e, llvm::Value* pointer, llvm::Value* cells, llvm::Align align,
                 llvm::Value* mask) {
  if (mask != nullptr)
    cells =
        e.ir.CreateSelect(mask, cells, e.ir.CreateAlignedLoad(cells->getType(), pointer, align));
  e.ir.CreateAlignedStore(cells, pointer, align);
}

llvm::Value* only_pointer(const Address& address) {
  return address.pointers != nullptr ? address.pointers : address.pointer;
}

llvm::Align alignment_of(const Emission& e, plan::ColumnId column) {
  const auto& layout = e.layout.columns[column.value];
  return llvm::Align(static_cast<std::uint64_t>(bytes_of(layout.type)));
}

// One product in the program's precision. In a wide kernel of a program in single precision both
// factors are of 24 bits: their product in double is exact, and then rounded as in any other
// kernel.
llvm::Value* scaled(Emission& e, llvm::Value* value, double scale) {
  if (scale == 1) return value;
  llvm::Type* type = value->getType();
  llvm::Value* product = e.ir.CreateFMul(value, llvm::ConstantFP::get(type, scale));
  if (e.precision == e.plan.precision) return product;
  return e.ir.CreateFPExt(e.ir.CreateFPTrunc(product, e.vector_of(e.ir.getFloatTy())), type);
}

llvm::Value* add_to(Emission& e, llvm::Value* held, llvm::Value* value, bool subtract) {
  if (held->getType()->isFPOrFPVectorTy())
    return subtract ? e.ir.CreateFSub(held, value) : e.ir.CreateFAdd(held, value);
  return subtract ? e.ir.CreateSub(held, value) : e.ir.CreateAdd(held, value);
}

void accumulate_one_by_one(Emission& e, const Address& address, llvm::Type* cell, llvm::Align align,
                           llvm::Value* value, llvm::Value* mask, bool subtract) {
  for (int i = 0; i < e.width(); ++i) {
    llvm::Value* pointer =
        address.pointers != nullptr ? e.element(address.pointers, i) : address.pointer;
    e.if_true(e.element(e.mask_or_true(mask), i), [&] {
      llvm::Value* held = e.ir.CreateAlignedLoad(cell, pointer, align);
      e.ir.CreateAlignedStore(add_to(e, held, e.element(value, i), subtract), pointer, align);
    });
  }
}

}  // namespace

const AxisIndex& Position::at(plan::AxisId axis) const {
  for (const auto& [known, index] : axes)
    if (known == axis) return index;
  BOUTON_UNREACHABLE("axis is not of the space");
}

AxisIndex translate(Emission& e, const Position& position, plan::AxisId of_space,
                    plan::AxisId of_operand) {
  AxisIndex index = position.at(of_space);
  if (of_space == of_operand) return index;
  const plan::Axis& space = e.plan.axes[of_space];
  const plan::Axis& operand = e.plan.axes[of_operand];
  index.in_blocks = index.in_blocks && space.within == of_operand && !space.offset;
  if (space.within == of_operand && space.offset) {
    index.first = e.ir.CreateAdd(index.first, e.offset_within(of_space));
  } else if (operand.within == of_space && operand.offset) {
    index.first = e.ir.CreateSub(index.first, e.offset_within(of_operand));
  }
  return index;
}

Address address_of(Emission& e, plan::ColumnId column, plan::Version version, bool for_store,
                   const std::vector<Index>& at) {
  const runtime::ColumnLayout& layout = e.layout.columns[column.value];
  llvm::Value* base = base_pointer(e, column, cells_of(layout, version, for_store),
                                   for_store ? Use::Write : Use::Read);
  const std::int64_t lanes = layout.per_lane ? e.lanes() : 1;
  Linear cell = linearise(e, column, at);
  if (cell.each == nullptr) {
    llvm::Value* pointer =
        cell_pointer(e, base, layout, e.ir.CreateMul(cell.first, e.whole(lanes)));
    if (e.along_lanes()) return {pointer, nullptr, !layout.per_lane};
    const auto* along = llvm::dyn_cast<llvm::ConstantInt>(cell.along);
    if (along != nullptr && (along->isZero() || along->isOne()))
      return {pointer, nullptr, along->isZero() && e.width() > 1};
    cell.each =
        e.ir.CreateAdd(e.splat(cell.first), e.ir.CreateMul(e.counting_up(), e.splat(cell.along)));
  }
  llvm::Value* cells = e.ir.CreateMul(cell.each, e.splat_whole(lanes));
  if (lanes > 1) cells = e.ir.CreateAdd(cells, e.counting_up());
  return {nullptr, cell_pointer(e, base, layout, cells), false};
}

llvm::Value* load(Emission& e, const Position& position, const Subscripted& what) {
  if (const auto* view_id = std::get_if<plan::ViewId>(&what.what)) {
    const plan::View& view = e.plan.views[*view_id];
    Subscripted behind{view.of, what.version, what.at};
    if (view.transposed) std::swap(behind.at[0], behind.at[1]);
    return scaled(e, load(e, position, behind), view.scale);
  }
  const auto column = std::get<plan::ColumnId>(what.what);
  const Address address = address_of(e, column, what.version, false, what.at);
  llvm::Type* cell = e.cell_type(e.layout.columns[column.value].type);
  const llvm::Align align = alignment_of(e, column);
  if (e.width() == 1) {
    // A gather of an element for which nothing happens may point anywhere.
    llvm::Value* pointer = only_pointer(address);
    if (address.pointers != nullptr && position.active != nullptr)
      pointer = e.ir.CreateSelect(position.active, pointer,
                                  column_begin(e, column, Cells::Current, Use::Read));
    return from_cells(e, e.ir.CreateAlignedLoad(cell, pointer, align));
  }
  llvm::Value* mask =
      address.pointers != nullptr ? e.both(position.inside, position.active) : position.inside;
  if (has_room_behind(e, position, column, what.at)) mask = nullptr;
  return from_cells(e, load_cells(e, address, cell, align, mask));
}

llvm::Value* effective(Emission& e, const Position& position) {
  return e.both(e.running, e.both(position.inside, position.active));
}

namespace {

// Of a packed vector: the elements that are neurons of the column's population.
llvm::Value* neurons_of(Emission& e, const Position& position, plan::ColumnId column) {
  const plan::AxisId axis = e.plan.columns[column].axes.front();
  std::vector<llvm::Constant*> own;
  for (const PackedVector::Neuron& neuron : position.packed->neurons)
    own.push_back(e.ir.getInt1(neuron.kernel->space.front() == axis));
  return llvm::ConstantVector::get(own);
}

// Remembers that a watched column is about to hold something else; of numbers, that they are
// written.
void note_change(Emission& e, const Position& position, const Subscripted& what, llvm::Value* value,
                 llvm::Value* where) {
  const auto column = std::get<plan::ColumnId>(what.what);
  const auto is_written = [&](plan::ColumnId watched) {
    if (watched == column) return true;
    const PackedColumn* packed = e.packed(watched);
    return position.packed != nullptr && packed != nullptr && packed->first == column;
  };
  for (const auto& [watched, flag] : e.watched) {
    if (!is_written(watched)) continue;
    const bool is_truth = value->getType()->isIntOrIntVectorTy(1);
    llvm::Value* differs =
        is_truth ? e.ir.CreateICmpNE(load(e, position, what), value) : e.mask_or_true(nullptr);
    if (position.packed != nullptr) differs = e.both(differs, neurons_of(e, position, watched));
    llvm::Value* changed =
        e.ir.CreateOr(e.ir.CreateLoad(e.ir.getInt1Ty(), flag), e.any(e.both(where, differs)));
    e.ir.CreateStore(changed, flag);
  }
}

}  // namespace

void store(Emission& e, const Position& position, const Subscripted& what, llvm::Value* value,
           llvm::Value* mask) {
  const auto column = std::get<plan::ColumnId>(what.what);
  const Address address = address_of(e, column, what.version, true, what.at);
  const llvm::Align align = alignment_of(e, column);
  llvm::Value* where = e.both(effective(e, position), mask);
  note_change(e, position, what, value, where);
  llvm::Value* cells = to_cells(e, value);
  if (e.width() == 1) return store_scalar(e, only_pointer(address), cells, align, where);
  if (has_room_to_store(e, position, column, what.at))
    return store_block(e, address.pointer, cells, align, e.both(position.active, mask));
  // The lanes of an element are this thread's alone. See Note [Room behind columns] on masks.
  if (e.along_lanes() && !address.uniform && address.pointers == nullptr)
    return store_block(e, address.pointer, cells, align, where);
  // Outside of all vectorised axes every element holds the same number.
  if (address.uniform)
    return store_scalar(e, address.pointer, e.element(cells, 0), align,
                        where == nullptr ? nullptr : e.element(where, 0));
  store_cells(e, address, cells, align, where);
}

void accumulate(Emission& e, const Position& position, const Subscripted& what, llvm::Value* value,
                llvm::Value* mask, bool subtract) {
  const auto column = std::get<plan::ColumnId>(what.what);
  const Address address = address_of(e, column, what.version, true, what.at);
  llvm::Type* cell = e.cell_type(e.layout.columns[column.value].type);
  const llvm::Align align = alignment_of(e, column);
  llvm::Value* where = e.both(effective(e, position), mask);
  note_change(e, position, what, value, where);
  if (e.width() == 1 || address.uniform || address.pointers != nullptr)
    return accumulate_one_by_one(e, address, cell, align, value, where, subtract);
  llvm::Value* held = load_cells(e, address, cell, align, where);
  store_cells(e, address, add_to(e, held, value, subtract), align, where);
}

}  // namespace bouton::codegen
