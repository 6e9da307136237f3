#include "compiler/plan/printer.h"

#include <fmt/format.h>

#include "compiler/plan/print_parts.h"

namespace bouton::plan {
namespace {

std::string print_head(const PrintContext& context) {
  const Plan& plan = context.plan;
  return fmt::format("plan{} {} {} rng-layout {} timestep {} seed {}\n", remark(context, plan.name),
                     plan.precision == Precision::Double ? "double" : "single",
                     plan.math == MathMode::Exact ? "exact" : "fast", plan.rng_layout,
                     print_real(plan.timestep), print_host_expr(context, plan.seed));
}

}  // namespace

std::string print(const Plan& plan, Names names) {
  const PrintContext context{plan, names};
  return print_head(context) + print_storage_tables(context) + print_event_tables(context) +
         print_schedule_tables(context) + print_host_tables(context) +
         fmt::format("checkpoint {}\n", print_list(plan.checkpoint)) + "host\n" +
         print_host_body(context, plan.host.body, 1);
}

std::string print(const Plan& plan, const Kernel& kernel) {
  return "kernel" + print_kernel({plan}, kernel);
}

std::string print(const Plan& plan, const HostExpr& expr) { return print_host_expr({plan}, expr); }

}  // namespace bouton::plan
