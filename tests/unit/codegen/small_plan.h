// A plan to which a test adds kernels over one axis, and ways to compile it.
#pragma once

#include <vector>

#include "tests/unit/codegen/machine.h"

namespace bouton::codegen {

struct SmallPlan {
  plan::Plan plan;
  plan::CircuitId circuit;
  plan::AxisId neurons;

  explicit SmallPlan(std::int64_t elements, plan::Precision precision = plan::Precision::Double) {
    plan.precision = precision;
    plan.timestep = 1;
    plan.seed = plan::whole(0);
    circuit = plan::add_circuit(plan, "circuit");
    neurons = plan::add_neuron_axis(plan, "z", elements);
  }
  plan::ColumnId column(const char* name, plan::Type type, plan::Role role = plan::Role::State) {
    return plan::add_column(plan, name, type, {neurons}, role);
  }
  // Of one stage, after which the plan is complete.
  plan::ScheduleId schedule(const std::vector<plan::KernelId>& kernels) {
    plan::Schedule all;
    all.name = "all";
    all.circuit = circuit;
    all.stages.push_back({plan::Stage::Kind::Evaluate, {}, {}});
    for (const plan::KernelId kernel : kernels)
      all.stages.front().items.push_back(plan::item(kernel));
    plan::complete_checkpoint(plan);
    return plan.schedules.add(std::move(all));
  }
};

struct CodeShape {
  int lanes, width, level;
};
// On this processor, and on one without AVX-512, which converts 64-bit integers in another way.
inline std::vector<Options> on_both_processors(const std::vector<CodeShape>& shapes) {
  std::vector<Options> all;
  for (const char* cpu : {"", __builtin_cpu_supports("avx2") != 0 ? "x86-64-v3" : "x86-64"})
    for (const CodeShape& shape : shapes)
      all.push_back({shape.lanes, shape.width, shape.level, cpu});
  return all;
}

}  // namespace bouton::codegen
