// Assigns every column of a plan its place in the arena.
#pragma once

#include "compiler/plan/packs.h"
#include "runtime/program/layout.h"

namespace bouton::image {

// Of every column's first cell, and of what may be read behind its last one: a cache line, and the
// widest vector.
inline constexpr std::int64_t kAlignment = 64;

// The number an extent stands for. Extents of plans that reach code generation are constants
// (lowering binds parameters).
[[nodiscard]] std::int64_t length_of(const plan::Plan& plan, plan::ExtentId extent);
[[nodiscard]] std::int64_t length_of(const plan::Plan& plan, plan::AxisId axis);
// Where an axis begins within the axis it lies in.
[[nodiscard]] std::int64_t offset_of(const plan::Plan& plan, plan::AxisId axis);

[[nodiscard]] runtime::CellType cell_type_of(plan::Type type, plan::Precision precision);

// How code is made, as far as the layout depends on it.
struct CodeForm {
  int lanes = 1;
  int width = 8;       // of vectors, where there is one lane
  bool pools = false;  // sizes: it reads them from its table
};
// Whether the columns of packs (plan::Pack) lie side by side: only code with vectors that hold all
// of a pack, and that knows how many neurons there are, can make use of it.
[[nodiscard]] inline bool has_packs(const CodeForm& form) {
  return form.lanes == 1 && form.width >= plan::kMostPacked && !form.pools;
}
[[nodiscard]] runtime::ArenaLayout build_layout(const plan::Plan& plan, const CodeForm& form);

}  // namespace bouton::image
