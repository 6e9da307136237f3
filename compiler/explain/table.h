// Tables that stand in for kernels, as code generation makes them for a replica that runs alone.
#pragma once

#include <cstdint>
#include <vector>

#include "compiler/plan/plan.h"
#include "compiler/plan/tabulated.h"

namespace bouton::explain {

// Of some kernels it is known that a table could replace them; `too_large` says that none does.
struct Table {
  plan::TabulatedKernels group;
  std::int64_t inputs = 0;       // truth values
  std::int64_t results = 0;      // numbers of each pattern
  std::int64_t reciprocals = 0;  // numbers, too, where there is room for them
  [[nodiscard]] bool too_large(int lanes) const;
  [[nodiscard]] bool has_reciprocals(int lanes) const;
  [[nodiscard]] std::int64_t numbers(int lanes) const;  // of each pattern
  [[nodiscard]] std::int64_t bytes(int lanes) const;    // of one that is not too large
};

[[nodiscard]] std::vector<Table> candidates_of(const plan::Plan& plan,
                                               const plan::Schedule& schedule);
// Those that are made.
[[nodiscard]] std::vector<Table> tables_of(const plan::Plan& plan, const plan::Schedule& schedule);

}  // namespace bouton::explain
