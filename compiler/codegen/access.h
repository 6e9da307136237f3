// Loads and stores of columns at the position a kernel has reached.
#pragma once

#include <optional>
#include <vector>

#include "compiler/codegen/emission.h"

namespace bouton::codegen {

// An index along one axis: `first` for every element of the vector, or first, first + 1, … along
// it.
//
// Note [Room behind columns]. Columns, and rows of packed ones, begin and end with cache lines of
// their own, so that vectors
// along a whole column of one axis (or whose other axes have one element) may reach behind its end:
// what lies there is nobody's. Such vectors are loaded and stored without a mask, of which a
// processor could not forward the cells from store to load, nor LLVM the values. Elements behind
// the end hold numbers without meaning; `inside` keeps them out of whatever leaves the column. One
// column of a row alone has no such room.
struct AxisIndex {
  llvm::Value* first = nullptr;  // i64
  bool counts_up = false;
  bool in_blocks = false;  // counts up from a multiple of the width, along the whole axis
};

// A vector that holds the neurons of several populations: see Note [Packed populations] in packs.h.
struct PackedVector {
  struct Neuron {
    const plan::Kernel* kernel;  // of its population
    std::int64_t index;          // in its population
  };
  std::vector<Neuron> neurons;             // behind the last one, that one once more
  llvm::BasicBlock* on_failure = nullptr;  // where checks lead that fail
};

// The element (or vector of elements) of the space that is being computed.
struct Position {
  std::vector<std::pair<plan::AxisId, AxisIndex>> axes;
  llvm::Value* inside = nullptr;  // mask of the vector elements that exist; null: all
  llvm::Value* active =
      nullptr;  // those for which effects happen (a subset of `inside`); null: all
  // Where the axis is that of the first population of several; null elsewhere.
  const PackedVector* packed = nullptr;

  [[nodiscard]] const AxisIndex& at(plan::AxisId axis) const;
};

// Subscripts with the values of computed indices filled in: an index of the space, or a vector of
// i64.
struct Subscripted {
  plan::Operand what;
  plan::Version version = plan::Version::Current;
  std::vector<std::variant<AxisIndex, llvm::Value*>> at;  // one per axis of `what`
};

// The index along `of_operand` that belongs to the position's index along `of_space`.
[[nodiscard]] AxisIndex translate(Emission& e, const Position& position, plan::AxisId of_space,
                                  plan::AxisId of_operand);

// Where one column's cells are, for the given subscripts.
struct Address {
  llvm::Value* pointer = nullptr;   // to one cell (uniform), to `width` cells in a row (contiguous)
  llvm::Value* pointers = nullptr;  // one per element otherwise
  bool uniform = false;
};
[[nodiscard]] Address address_of(Emission& e, plan::ColumnId column, plan::Version version,
                                 bool for_store,
                                 const std::vector<std::variant<AxisIndex, llvm::Value*>>& at);

// The mask of elements for which effects happen; null: all.
[[nodiscard]] llvm::Value* effective(Emission& e, const Position& position);

[[nodiscard]] llvm::Value* load(Emission& e, const Position& position, const Subscripted& what);
// Writes the elements where `mask` holds (null: those of the position).
void store(Emission& e, const Position& position, const Subscripted& what, llvm::Value* value,
           llvm::Value* mask);
// Adds (subtracts) the elements where `mask` holds, one after the other where several meet in one
// cell.
void accumulate(Emission& e, const Position& position, const Subscripted& what, llvm::Value* value,
                llvm::Value* mask, bool subtract);

}  // namespace bouton::codegen
