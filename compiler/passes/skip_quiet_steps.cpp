#include "compiler/passes/skip_quiet_steps.h"

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "compiler/passes/evaluate_ahead.h"
#include "compiler/passes/value_copier.h"
#include "compiler/plan/builder.h"
#include "compiler/plan/quiet.h"

namespace bouton::passes {

namespace {

using plan::KernelBuilder;
using plan::OpCode;
using plan::ValueId;

// The least of the steps at which a kernel's crossings come and of those before its flips, one
// element at a time. The step itself has been evaluated, but no clock has gained in it yet.
class HorizonBuilder {
 public:
  HorizonBuilder(plan::Plan& plan, const plan::QuietKernel& quiet, KeptValues& kept)
      : quiet_(quiet),
        kernel_(plan::kernel_like(plan, quiet.kernel, "next step")),
        copier_(plan, quiet.kernel, kernel_, kept) {}

  plan::KernelId build(plan::Plan& plan) {
    now_ = kernel_.step();
    never_ = kernel_.whole(plan::kNever);
    one_ = kernel_.whole(1);
    for (const plan::Flip& flip : quiet_.flips) add(last_before(step_of(flip)));
    for (const plan::Crossing& crossing : quiet_.crossings) add(step_of(crossing));
    const plan::Kernel& kernel = plan.kernels[quiet_.kernel];
    const plan::ColumnId next =
        plan::add_column(plan, kernel.name + ".next", plan::kI64, {}, plan::Role::Scratch);
    plan.columns[next].owner = kernel.circuit;
    plan.columns[next].reason = "the next step that is not quiet";
    kernel_.reduce(next, *least_, kernel.space, plan::Order::Minimum);
    return kernel_.finish();
  }

 private:
  void add(ValueId step) { least_ = least_ ? kernel_.op(OpCode::MinInt, *least_, step) : step; }

  // The flips of this step are done.
  ValueId last_before(ValueId step) {
    return kernel_.select(kernel_.op(OpCode::LessInt, now_, step),
                          kernel_.op(OpCode::SubtractInt, step, one_), never_);
  }

  ValueId step_of(const plan::Flip& flip) {
    ValueId step = copier_.copy(flip.limit);
    for (const ValueId added : flip.added)
      step = kernel_.op(OpCode::SubtractInt, step, copier_.copy(added));
    for (const ValueId taken : flip.taken)
      step = kernel_.op(OpCode::AddInt, step, copier_.copy(taken));
    if (flip.later != 0) step = kernel_.op(OpCode::AddInt, step, kernel_.whole(flip.later));
    return step;
  }

  ValueId step_of(const plan::Crossing& crossing) {
    const ValueId threshold = copier_.copy(crossing.threshold);
    const ValueId clock = kernel_.load(crossing.clock.column);
    const ValueId gain = copier_.copy(crossing.clock.gain);
    const ValueId missing = kernel_.op(OpCode::SubtractFixed, threshold, clock);
    const ValueId before = kernel_.op(OpCode::SubtractInt, now_, one_);
    const ValueId later = kernel_.op(OpCode::AddInt, before,
                                     kernel_.op(OpCode::StepsToReach, missing, gain));
    const ValueId at_once = kernel_.op(OpCode::LessEqualFixed, threshold,
                                       kernel_.op(OpCode::AddFixed, clock, gain));
    const ValueId step = kernel_.select(at_once, now_, later);
    if (!crossing.clock.where) return step;
    return kernel_.select(copier_.copy(*crossing.clock.where), step, never_);
  }

  const plan::QuietKernel& quiet_;
  KernelBuilder kernel_;
  ValueCopier copier_;
  ValueId now_{}, never_{}, one_{};
  std::optional<ValueId> least_;
};

// clock += elapsed * gain
plan::KernelId build_between(plan::Plan& plan, const plan::QuietKernel& quiet, KeptValues& kept) {
  KernelBuilder kernel = plan::kernel_like(plan, quiet.kernel, "quiet steps");
  ValueCopier copier(plan, quiet.kernel, kernel, kept);
  const ValueId elapsed = kernel.input(plan::Input::Elapsed);
  for (const plan::QuietClock& clock : quiet.clocks) {
    const ValueId gained = kernel.op(OpCode::ScaleFixed, copier.copy(clock.gain), elapsed);
    const ValueId sum = kernel.op(OpCode::AddFixed, kernel.load(clock.column), gained);
    if (clock.where)
      kernel.store_where(clock.column, copier.copy(*clock.where), sum);
    else
      kernel.store(clock.column, sum);
  }
  return kernel.finish();
}

// Kernels are shared by the schedules of several phases, and so is what is made for them.
struct Parts {
  std::optional<plan::KernelId> horizon, between;
};

class Skipping {
 public:
  explicit Skipping(plan::Plan& plan) : plan_(plan) {}

  void visit(plan::ScheduleId id) {
    auto found = plan::find_quiet_steps(plan_, plan_.schedules[id]);
    if (!std::holds_alternative<plan::QuietSteps>(found)) return;
    evaluate_ahead(plan_, id, halves_);
    plan::Schedule& schedule = plan_.schedules[id];
    schedule.advance = plan::Schedule::Advance::SkipToNextEvent;
    found = plan::find_quiet_steps(plan_, schedule);
    const auto* quiet = std::get_if<plan::QuietSteps>(&found);
    if (quiet == nullptr) { fprintf(stderr, "NOTAHEAD %s\n", std::get<plan::EveryStepChanges>(found).what.c_str()); schedule.advance = plan::Schedule::Advance::EveryStep; return; }
    for (const plan::QuietKernel& kernel : quiet->kernels) {
      const Parts& parts = parts_of(kernel);
      if (parts.horizon) schedule.horizon.push_back(*parts.horizon);
      if (parts.between) schedule.between.push_back(*parts.between);
    }
  }

 private:
  const Parts& parts_of(const plan::QuietKernel& kernel) {
    const auto [found, is_new] = made_.try_emplace(kernel.kernel);
    if (!is_new) return found->second;
    if (!kernel.flips.empty() || !kernel.crossings.empty())
      found->second.horizon = HorizonBuilder(plan_, kernel, kept_).build(plan_);
    if (!kernel.clocks.empty()) found->second.between = build_between(plan_, kernel, kept_);
    return found->second;
  }

  plan::Plan& plan_;
  std::map<plan::KernelId, Parts> made_;
  KeptValues kept_;
  KnownHalves halves_;
};

}  // namespace

void skip_quiet_steps(plan::Plan& plan) {
  Skipping skipping(plan);
  for (const plan::ScheduleId id : plan.schedules.ids()) skipping.visit(id);
}

}  // namespace bouton::passes
