// Small columns that live in the frame of a step loop instead of the arena.
//
// Note [Columns in the frame]. What is stored in one kernel and loaded in the next goes through
// memory, which costs more than to add the numbers: LLVM cannot keep cells of the arena in
// registers through a loop that also writes to other places of it. So columns that fill no more
// than a cache line, up to the last whole vector, are copied into variables when the loop begins
// and back when it ends, by whichever way. Those that are never accessed at a place that is
// computed become registers. It makes no difference to any number. Lanes have more cells than there
// are registers, and so have networks in which every population is a single neuron and none is
// packed: there, and where sizes are known only when code runs, all columns stay in the arena.
#pragma once

#include "compiler/codegen/emission.h"

namespace bouton::codegen {

// From here to the end of the function columns may be in the frame of the function.
void begin_frame(Emission& e);
// Copies back what has been written; on every way out of the loop.
void emit_frame_copies(Emission& e);

enum class Use : std::uint8_t { Read, Write };
// Where a column's cells begin.
[[nodiscard]] llvm::Value* column_begin(Emission& e, plan::ColumnId column, Cells cells, Use use);

}  // namespace bouton::codegen
