#include "compiler/image/kernels.h"

#include <set>

#include "compiler/plan/host_walk.h"

namespace bouton::image {

std::vector<plan::KernelId> kernels_outside_of_schedules(const plan::Plan& plan) {
  std::set<plan::KernelId> kernels;
  for (const plan::Column& column : plan.columns)
    if (const auto* initial = std::get_if<plan::InitialKernel>(&column.initial))
      kernels.insert(initial->kernel);
  plan::for_each_stmt(plan.host.body, [&](const plan::HostStmt& stmt) {
    if (const auto* reset = std::get_if<plan::HostReset>(&stmt.node))
      kernels.insert(reset->kernels.begin(), reset->kernels.end());
  });
  return {kernels.begin(), kernels.end()};
}

}  // namespace bouton::image
