#include "tests/unit/plan/sampler.h"

namespace bouton::plan {

KernelId horizon_kernel(Sampler& s) {
  KernelBuilder k(s.plan, "next timer", s.circuit, {s.neuron});
  const ValueId now = k.step();
  ValueId next = k.whole(kNever);
  for (const ColumnId timer : s.timer_due) {
    const ValueId step = k.load(timer), before = k.op(OpCode::SubtractInt, step, k.whole(1));
    const ValueId later = k.op(OpCode::LessInt, now, step);
    next = k.op(OpCode::MinInt, next, k.select(later, before, k.whole(kNever)));
  }
  k.reduce(s.next, next, {s.neuron}, Order::Minimum);
  return k.finish();
}

KernelId reciprocal_kernel(Sampler& s) {
  KernelBuilder k(s.plan, "reciprocals", s.circuit, {s.neuron});
  k.store(s.half_reciprocal, k.op(OpCode::HalfReciprocal, k.load(s.gain)));
  return k.finish();
}

KernelId crossing_kernel(Sampler& s) {
  KernelBuilder k(s.plan, "next spike", s.circuit, {s.neuron});
  const ValueId missing = k.op(OpCode::SubtractFixed, k.load(s.threshold), k.load(s.hazard));
  const ValueId steps =
      k.op(OpCode::StepsToReach, missing, k.load(s.gain), k.load(s.half_reciprocal));
  const ValueId before = k.op(OpCode::SubtractInt, k.step(), k.whole(1));
  const ValueId due = k.op(OpCode::AddInt, before, steps);
  const ValueId gains = k.op(OpCode::LessFixed, k.fixed(0, kHazardFixed), k.load(s.gain));
  const ValueId comes = k.op(OpCode::And, k.load(s.ready), gains);
  k.reduce(s.next, k.select(comes, due, k.whole(kNever)), {s.neuron}, Order::Minimum);
  return k.finish();
}

KernelId due_kernel(Sampler& s) {
  KernelBuilder k(s.plan, "spike is due", s.circuit, {s.neuron});
  const ValueId gained = k.op(OpCode::ScaleFixed, k.load(s.gain), k.input(Input::Elapsed));
  const ValueId sum = k.op(OpCode::AddFixed, k.load(s.hazard), gained);
  const ValueId reached = k.op(OpCode::LessEqualFixed, k.load(s.threshold), sum);
  k.reduce(s.due, k.op(OpCode::And, k.load(s.ready), reached), {s.neuron}, Order::Exact);
  return k.finish();
}

KernelId between_kernel(Sampler& s) {
  KernelBuilder k(s.plan, "skip", s.circuit, {s.neuron});
  const ValueId gained = k.op(OpCode::ScaleFixed, k.load(s.gain), k.input(Input::Elapsed));
  const ValueId advanced = k.op(OpCode::AddFixed, k.load(s.hazard), gained);
  k.store_where(s.hazard, k.load(s.ready), advanced);
  return k.finish();
}

}  // namespace bouton::plan
