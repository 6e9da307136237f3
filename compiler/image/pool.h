// Numbers of a plan that generated code reads from a table instead of containing them, so that one
// executable serves many values of the experiment's parameters.
//
// Code that is made in memory for one run contains all of its numbers, that for the points of a
// sweep all that they have in common. Code of an executable is made for a plan and a pool; at start
// the executable makes the plan of its own parameters, checks that its code shape is the one the
// code was made for, and fills the table from it. The shape is everything of a plan that code
// depends on but the pooled numbers: so a number that is not pooled cannot change unnoticed, and it
// does not matter for correctness how the pool was chosen.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/plan/plan.h"
#include "runtime/program/layout.h"

namespace bouton::image {

struct PooledConstant {
  plan::KernelId kernel;
  plan::ValueId op;  // a Constant

  friend auto operator<=>(const PooledConstant&, const PooledConstant&) = default;
};

// Slots of the table: the constants, the extents, and where there is an extent, three offsets of
// every column (current, next, previous). A slot is a cell of 8 bytes for each lane, since lanes
// may run with different constants; all have the same extents.
struct Pool {
  std::vector<PooledConstant> constants;  // ascending
  std::vector<plan::ExtentId> extents;    // ascending; none of a ring

  [[nodiscard]] bool has_offsets() const { return !extents.empty(); }
  [[nodiscard]] std::size_t first_extent() const { return constants.size(); }
  [[nodiscard]] std::size_t first_offset() const { return constants.size() + extents.size(); }

  friend bool operator==(const Pool&, const Pool&) = default;
};

// Everything that can be pooled.
[[nodiscard]] Pool pool_of_all(const plan::Plan& plan);
// What is left of a plan without all that can be pooled. Made once, it is compared with those of
// many other plans.
struct BareShape {
  Pool pool;         // all
  std::string code;  // the code shape without it

  friend bool operator==(const BareShape&, const BareShape&) = default;
};
[[nodiscard]] BareShape bare_shape(const plan::Plan& plan);
// Those of a pool in which two plans with the same bare shape differ.
[[nodiscard]] Pool differences(const Pool& all, const plan::Plan& a, const plan::Plan& b);
// Either's.
[[nodiscard]] Pool join(const Pool& a, const Pool& b);

// A text that is equal for two plans if and only if the same code serves both, given the table.
[[nodiscard]] std::string code_shape(const plan::Plan& plan, const Pool& pool);

// A text that is equal for two plans if and only if their replicas can run side by side in lanes:
// they differ in the values of parameters and in constants of kernels only.
[[nodiscard]] std::string lane_shape(const plan::Plan& plan);

// The same in every lane of the layout.
[[nodiscard]] std::vector<std::uint64_t> fill_table(const Pool& pool, const plan::Plan& plan,
                                                    const runtime::ArenaLayout& layout);

}  // namespace bouton::image
