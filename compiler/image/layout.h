// Assigns every column of a plan its place in the arena.
#pragma once

#include "compiler/image/pool.h"
#include "compiler/plan/plan.h"
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

// Whether the columns of packs (plan::Pack) lie side by side: vectors along neurons need it, and
// only code that knows how many there are can make use of it.
[[nodiscard]] inline bool has_packs(int lanes, const Pool& pool) {
  return lanes == 1 && !pool.has_offsets();
}
// For code that reads the numbers of `pool` from its table.
[[nodiscard]] runtime::ArenaLayout build_layout(const plan::Plan& plan, int lanes,
                                                const Pool& pool = {});

}  // namespace bouton::image
