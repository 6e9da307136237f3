// Splits a kernel in two.
#pragma once

#include <string>
#include <vector>

#include "compiler/plan/plan.h"

namespace bouton::passes {

struct Halves {
  plan::KernelId first, second;
};

// `is_first`: for each op of the body whether it belongs to the first half; nothing there may
// depend on the rest. The kernel reduces nothing. The second half finds what it needs of the first
// one in columns, which nothing may change between them; the kernel itself stays in the plan.
[[nodiscard]] Halves split_kernel(plan::Plan& plan, plan::KernelId id,
                                  const std::vector<bool>& is_first, std::string name_of_first);

}  // namespace bouton::passes
