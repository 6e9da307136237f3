// A plan with a mask over presynaptic neurons that changes now and then, and sums of weights under
// it, to which a test adds the kernel of the sum.
#pragma once

#include <functional>
#include <vector>

#include "tests/unit/codegen/machine.h"

namespace bouton::codegen {

struct MaskedSum {
  // The truth value of the mask in a kernel over its neurons.
  using Mask = std::function<plan::ValueId(plan::KernelBuilder&, plan::AxisId)>;

  plan::Plan plan;
  plan::CircuitId circuit;
  plan::AxisId pre, post;
  plan::ColumnId on, w, sum;
  plan::KernelId mask_kernel;

  MaskedSum(std::int64_t posts, std::int64_t pres, plan::Type type, plan::Role role_of_sum,
            const Mask& mask) {
    plan.timestep = 1;
    plan.seed = plan::whole(0);
    circuit = plan::add_circuit(plan, "circuit");
    post = plan::add_neuron_axis(plan, "post", posts);
    pre = plan::add_neuron_axis(plan, "pre", pres);
    on = plan::add_column(plan, "on", plan::kBool, {pre}, plan::Role::Scratch);
    w = plan::add_column(plan, "w", type, {post, pre}, plan::Role::Weight);
    sum = plan::add_column(plan, "sum", type, {post}, role_of_sum);
    plan::KernelBuilder k(plan, "mask", circuit, {pre});
    k.store(on, mask(k, pre));
    mask_kernel = k.finish();
  }

  plan::KernelId add_sum(plan::Order order) {
    plan::KernelBuilder k(plan, "sum", circuit, {post, pre});
    const auto counts = k.load(on);
    k.reduce_where(sum, counts, k.load(w), {pre}, order);
    return k.finish();
  }

  plan::ScheduleId schedule(const std::vector<plan::KernelId>& kernels) {
    plan::Schedule all;
    all.circuit = circuit;
    all.stages.push_back({plan::Stage::Kind::Evaluate, {}, {}});
    for (const plan::KernelId kernel : kernels)
      all.stages.front().items.push_back(plan::item(kernel));
    plan::complete_checkpoint(plan);
    return plan.schedules.add(all);
  }
};

}  // namespace bouton::codegen
