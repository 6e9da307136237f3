// Which kernels the runtime calls by themselves.
#pragma once

#include <vector>

#include "compiler/plan/plan.h"

namespace bouton::image {

// Initial values and reset, ascending.
[[nodiscard]] std::vector<plan::KernelId> kernels_outside_of_schedules(const plan::Plan& plan);

}  // namespace bouton::image
