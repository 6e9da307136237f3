// What all emitters of one module share: the plan, the arena's layout, the IR builder, and how
// values lie in vectors.
//
// Every value of a kernel is a vector of `width` elements (a plain scalar when the width is 1): one
// element per replica lane when there are several lanes, else consecutive elements of the kernel's
// innermost axis. Truth values are i1.
#pragma once

#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/Module.h>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/codegen/codegen.h"
#include "compiler/image/layout.h"
#include "compiler/image/pool.h"

namespace bouton::codegen {

using image::cell_type_of;

// Which of a column's cells: see plan::Buffers.
enum class Cells : std::uint8_t { Current, Next, Previous };

// See Note [Columns in the frame] in frame_columns.h.
struct FrameColumn {
  llvm::AllocaInst* variable = nullptr;
  bool written = false;
};
struct Frame {
  int width;  // of the step loop's vectors, whatever the width of the moment
  std::map<plan::ColumnId, FrameColumn> columns;  // that have been accessed so far
};

// A column that lies beside those of other populations: see Note [Packed populations] in packs.h.
struct PackedColumn {
  plan::ColumnId first;  // of the row
  std::size_t columns;   // in it
  std::int64_t cells;    // of all of them
};

class Emission {
 public:
  Emission(const plan::Plan& plan, const Options& options, llvm::Module& module);

  const plan::Plan& plan;
  const runtime::ArenaLayout layout;
  llvm::Module& module;
  llvm::IRBuilder<> ir;

  // Set while a function is emitted.
  llvm::Function* function = nullptr;
  llvm::Value* arena = nullptr;
  llvm::Value* table = nullptr;    // of the pooled numbers
  llvm::Value* step = nullptr;     // i64: the circuit's k; null where lanes have their own
  llvm::Value* steps = nullptr;    // the same for every element of a vector
  llvm::Value* running = nullptr;  // mask of lanes with a clock of their own that have not arrived
  llvm::Value* run_begin = nullptr;  // i64: k at which the run began; null outside of the step loop
  llvm::BasicBlock* fault_exit = nullptr;
  // i64: the lane that all elements of vectors belong to, where they are those of one lane in code
  // for several; null: each its own.
  llvm::Value* only_lane = nullptr;
  // i1 variable that failed checks set, while it is there, instead of leaving the function.
  llvm::AllocaInst* broken = nullptr;
  // Of reals in registers: the plan's, or double while a wide kernel is emitted.
  plan::Precision precision;
  bool skips;            // see Options::skips
  bool patient;          // see Options::patient
  bool has_fma = false;  // the machine's own
  // i1 variables that stores into these columns set when they change a truth value or write a
  // number: see Note [Unchanged inputs] in unchanged.h.
  std::map<plan::ColumnId, llvm::AllocaInst*> watched;
  bool is_far = false;         // the code hardly ever runs: it calls functions
  std::optional<Frame> frame;  // nothing outside of step loops
  // Where lanes have clocks of their own: the step of the run at which each takes its next sample.
  std::map<plan::ObserverId, llvm::AllocaInst*> due;

  [[nodiscard]] bool along_lanes() const { return layout.lanes > 1; }
  [[nodiscard]] int width() const { return width_; }
  [[nodiscard]] int lanes() const { return layout.lanes; }

  // Types and constants
  [[nodiscard]] llvm::Type* element_type(plan::Type type) const;      // in registers: Bool is i1
  [[nodiscard]] llvm::Type* cell_type(runtime::CellType type) const;  // in memory: Bool is i8
  [[nodiscard]] llvm::Type* vector_of(llvm::Type* element) const;
  [[nodiscard]] llvm::ConstantInt* whole(std::int64_t value);
  [[nodiscard]] llvm::Value* splat(llvm::Value* scalar);
  [[nodiscard]] llvm::Value* splat_whole(std::int64_t value) { return splat(whole(value)); }
  [[nodiscard]] llvm::Value* counting_up();  // i64 vector 0, 1, …, width - 1
  [[nodiscard]] llvm::Value* first_elements(
      llvm::Value* count);  // mask of the first `count` (i64) elements

  // Numbers of the plan: constants, or what the table holds in their place.
  [[nodiscard]] llvm::Value* length(plan::AxisId axis);                      // i64
  [[nodiscard]] llvm::Value* length(const std::vector<plan::AxisId>& axes);  // their product
  // The same as numbers; nothing where they are known only when the code runs.
  [[nodiscard]] std::optional<std::int64_t> known_length(plan::AxisId axis);
  [[nodiscard]] std::optional<std::int64_t> known_length(const std::vector<plan::AxisId>& axes);
  [[nodiscard]] llvm::Value* offset_within(plan::AxisId axis);  // i64: see plan::Axis::offset
  // i64, in bytes. What is stored in a step loop may be in its frame instead: see `column_begin`.
  [[nodiscard]] llvm::Value* arena_offset_of(plan::ColumnId column, Cells cells);
  [[nodiscard]] bool begin_is_pooled() const { return pool_.has_offsets(); }
  // Whether columns of packs lie side by side.
  [[nodiscard]] bool has_packs() const { return !packed_columns_.empty(); }
  // Null where it lies alone.
  [[nodiscard]] const PackedColumn* packed(plan::ColumnId column) const;
  // A Constant's, for each element of a vector; null if it is not pooled.
  [[nodiscard]] llvm::Value* pooled(const plan::Op& constant);
  // One k for all elements.
  void set_step(llvm::Value* k);
  // A clock for each lane, all of which run up to `until`.
  void set_steps_by_lane(llvm::Value* k, llvm::Value* until);

  // To be called when a function is done: what it has read of the table is its own, and its stack.
  void end_function() {
    table_cells_.clear();
    stack_ = 0;
  }

  // Masks; a null mask is all true.
  [[nodiscard]] llvm::Value* both(llvm::Value* a, llvm::Value* b);
  [[nodiscard]] llvm::Value* mask_or_true(llvm::Value* mask);
  [[nodiscard]] llvm::Value* any(llvm::Value* mask);      // i1
  [[nodiscard]] llvm::Value* bits_of(llvm::Value* mask);  // i64: the first element's is the least
  [[nodiscard]] llvm::Value* element(llvm::Value* vector, int index);
  [[nodiscard]] llvm::Value* with_element(llvm::Value* vector, llvm::Value* scalar, int index);

  // Memory
  [[nodiscard]] llvm::Value* arena_at(llvm::Value* byte_offset);
  [[nodiscard]] llvm::Value* arena_at(std::int64_t byte_offset) {
    return arena_at(whole(byte_offset));
  }
  // Whether there is room for so many bytes more on the function's stack.
  [[nodiscard]] bool reserve_stack(std::int64_t bytes);
  [[nodiscard]] llvm::AllocaInst* local(llvm::Type* type, llvm::Value* initial,
                                        const std::string& name);
  // An element of a local array.
  [[nodiscard]] llvm::Value* cell(llvm::AllocaInst* array, llvm::Value* index);

  // Emits with vectors of another width in between.
  void with_width(int width, const std::function<void()>& body);
  // The same with vectors no wider than the innermost axis needs, where its length is known.
  void no_wider_than(const std::vector<plan::AxisId>& space, const std::function<void()>& body);

  [[nodiscard]] llvm::BasicBlock* block(const char* name);  // of the function

  // Control flow. Bodies leave the builder where the code goes on. A loop between constants that
  // turns once at most is no loop.
  void loop(llvm::Value* from, llvm::Value* until, std::int64_t stride,
            const std::function<void(llvm::Value*)>& body);
  // Rare: registers and the order of code are chosen for when the condition does not hold.
  enum class Chance : std::uint8_t { Unknown, Rare };
  void if_true(llvm::Value* condition, const std::function<void()>& body,
               Chance chance = Chance::Unknown);
  // The places of the bits that are set in an i64, ascending.
  void for_each_bit(llvm::Value* bits, const std::function<void(llvm::Value*)>& body);

 private:
  [[nodiscard]] llvm::Value* table_cells(std::size_t slot, llvm::Type* type);
  [[nodiscard]] llvm::Value* cells_as(llvm::Value* cells, plan::Type type);
  [[nodiscard]] llvm::Value* extent(plan::ExtentId id);

  int width_;
  std::int64_t stack_ = 0;  // bytes that were reserved
  image::Pool pool_;
  std::map<plan::ColumnId, PackedColumn> packed_columns_;
  std::map<const plan::Op*, std::size_t> pooled_constants_;  // to slots
  // Read in the current function, by slot and type.
  std::map<std::pair<std::size_t, llvm::Type*>, llvm::Value*> table_cells_;
};

}  // namespace bouton::codegen
