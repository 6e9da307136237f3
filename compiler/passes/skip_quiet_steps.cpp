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

// A column for what a kernel reduces to.
plan::ColumnId add_result(plan::Plan& plan, plan::KernelId kernel, const char* name,
                          plan::Type type, const char* reason) {
  const plan::ColumnId result =
      plan::add_column(plan, plan.kernels[kernel].name + name, type, {}, plan::Role::Scratch);
  plan.columns[result].owner = plan.kernels[kernel].circuit;
  plan.columns[result].reason = reason;
  return result;
}

// Kernels about the flips or the crossings of one kernel, one element at a time. The step itself
// has been evaluated, but no clock has gained in it yet.
class LookAhead {
 public:
  LookAhead(plan::Plan& plan, const plan::QuietKernel& quiet, KeptValues& kept)
      : plan_(plan), quiet_(quiet), kept_(kept) {}

  // The least of the steps before its flips.
  plan::KernelId build_horizon() { return reduce_steps(quiet_.flips, ".flips"); }
  struct Crossings {
    plan::KernelId reciprocals;  // of their gains
    plan::KernelId steps;        // the least of the steps of its crossings
  };
  Crossings build_crossings() {
    std::vector<DividedCrossing> divided;
    const plan::KernelId reciprocals = build_reciprocals(divided);
    return {reciprocals, reduce_steps(divided, ".crossings")};
  }

  plan::KernelId build_due() {
    begin("due");
    const ValueId elapsed = kernel_->input(plan::Input::Elapsed);
    std::optional<ValueId> any;
    for (const plan::Crossing& crossing : quiet_.crossings) {
      const Clock clock = clock_of(crossing);
      const ValueId gained = kernel_->op(OpCode::ScaleFixed, clock.gain, elapsed);
      ValueId reached = kernel_->op(OpCode::LessEqualFixed, clock.threshold,
                                    kernel_->op(OpCode::AddFixed, clock.held, gained));
      if (clock.where) reached = kernel_->op(OpCode::And, *clock.where, reached);
      any = any ? kernel_->op(OpCode::Or, *any, reached) : reached;
    }
    const plan::ColumnId result =
        add_result(plan_, quiet_.kernel, ".due", plan::kBool, "whether a clock is due");
    kernel_->reduce(result, *any, plan_.kernels[quiet_.kernel].space, plan::Order::Exact);
    return kernel_->finish();
  }

 private:
  struct Clock {
    ValueId held, threshold, gain;
    std::optional<ValueId> where;
  };
  struct DividedCrossing {
    const plan::Crossing* crossing;
    plan::ColumnId half_reciprocal;
  };

  plan::KernelId build_reciprocals(std::vector<DividedCrossing>& divided) {
    begin("reciprocals");
    for (const plan::Crossing& crossing : quiet_.crossings) {
      const plan::ColumnId column =
          plan::add_column(plan_, plan_.kernels[quiet_.kernel].name + ".half_reciprocal",
                           plan::kDouble, plan_.kernels[quiet_.kernel].space, plan::Role::Scratch);
      plan_.columns[column].owner = plan_.kernels[quiet_.kernel].circuit;
      plan_.columns[column].reason = "divides by what a hazard clock gains";
      kernel_->store(column,
                     kernel_->op(OpCode::HalfReciprocal, copier_->copy(crossing.clock.gain)));
      divided.push_back({&crossing, column});
    }
    return kernel_->finish();
  }

  void begin(const char* name) {
    kernel_.emplace(plan::kernel_like(plan_, quiet_.kernel, name));
    copier_.emplace(plan_, quiet_.kernel, *kernel_, kept_);
  }

  Clock clock_of(const plan::Crossing& crossing) {
    Clock clock{kernel_->load(crossing.clock.column),
                copier_->copy(crossing.threshold),
                copier_->copy(crossing.clock.gain),
                {}};
    if (crossing.clock.where) clock.where = copier_->copy(*crossing.clock.where);
    return clock;
  }

  template <typename Change>
  plan::KernelId reduce_steps(const std::vector<Change>& changes, const char* name) {
    begin("next step");
    now_ = kernel_->step();
    never_ = kernel_->whole(plan::kNever);
    one_ = kernel_->whole(1);
    std::optional<ValueId> least;
    for (const Change& change : changes) {
      const ValueId step = step_of(change);
      least = least ? kernel_->op(OpCode::MinInt, *least, step) : step;
    }
    const plan::ColumnId next =
        add_result(plan_, quiet_.kernel, name, plan::kI64, "the next step that is not quiet");
    kernel_->reduce(next, *least, plan_.kernels[quiet_.kernel].space, plan::Order::Minimum);
    return kernel_->finish();
  }

  // The last step before it; the flips of this step are done.
  ValueId step_of(const plan::Flip& flip) {
    ValueId step = copier_->copy(flip.limit);
    for (const ValueId added : flip.added)
      step = kernel_->op(OpCode::SubtractInt, step, copier_->copy(added));
    for (const ValueId taken : flip.taken)
      step = kernel_->op(OpCode::AddInt, step, copier_->copy(taken));
    if (flip.later != 0) step = kernel_->op(OpCode::AddInt, step, kernel_->whole(flip.later));
    return kernel_->select(kernel_->op(OpCode::LessInt, now_, step),
                           kernel_->op(OpCode::SubtractInt, step, one_), never_);
  }

  // Before this one where the clock has reached its threshold already.
  ValueId step_of(const DividedCrossing& divided) {
    const Clock clock = clock_of(*divided.crossing);
    const ValueId missing = kernel_->op(OpCode::SubtractFixed, clock.threshold, clock.held);
    const ValueId steps = kernel_->op(OpCode::StepsToReach, missing, clock.gain,
                                      kernel_->load(divided.half_reciprocal));
    const ValueId before = kernel_->op(OpCode::SubtractInt, now_, one_);
    const ValueId none = kernel_->fixed(0, plan::kHazardFixed);
    ValueId comes = kernel_->op(OpCode::LessFixed, none, clock.gain);
    if (clock.where) comes = kernel_->op(OpCode::And, *clock.where, comes);
    return kernel_->select(comes, kernel_->op(OpCode::AddInt, before, steps), never_);
  }

  plan::Plan& plan_;
  const plan::QuietKernel& quiet_;
  KeptValues& kept_;
  std::optional<KernelBuilder> kernel_;
  std::optional<ValueCopier> copier_;
  ValueId now_{}, never_{}, one_{};
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

// What was added behind the first `size` goes.
template <typename IdType, typename T>
void cut(Table<IdType, T>& table, std::size_t size) {
  if (table.size() == size) return;
  Table<IdType, T> kept;
  for (const IdType id : table.ids())
    if (id.value < size) kept.add(std::move(table[id]));
  table = std::move(kept);
}

// Kernels are shared by the schedules of several phases, and so is what is made for them.
struct Parts {
  std::optional<plan::KernelId> horizon, reciprocals, crossings, due, between;
};

class Skipping {
 public:
  explicit Skipping(plan::Plan& plan) : plan_(plan) {}

  void visit(plan::ScheduleId id) {
    if (!are_found(plan::find_quiet_steps(plan_, plan_.schedules[id]))) return;
    const plan::Schedule before = plan_.schedules[id];
    const std::size_t kernels = plan_.kernels.size(), columns = plan_.columns.size();
    evaluate_ahead(plan_, id, halves_);
    plan::Schedule& schedule = plan_.schedules[id];
    schedule.advance = plan::Schedule::Advance::SkipToNextEvent;
    const auto found = plan::find_quiet_steps(plan_, schedule);
    if (are_found(found)) return look_ahead(schedule, std::get<plan::QuietSteps>(found));
    schedule = before;
    forget_halves(kernels, columns);
  }

 private:
  // Those made for a schedule that does not leap after all, with the columns between them.
  void forget_halves(std::size_t kernels, std::size_t columns) {
    std::erase_if(halves_, [&](const auto& known) { return known.second.first.value >= kernels; });
    cut(plan_.kernels, kernels);
    cut(plan_.columns, columns);
  }

  static bool are_found(const std::variant<plan::QuietSteps, plan::EveryStepChanges>& found) {
    return std::holds_alternative<plan::QuietSteps>(found);
  }

  void look_ahead(plan::Schedule& schedule, const plan::QuietSteps& quiet) {
    for (const plan::QuietKernel& kernel : quiet.kernels) {
      const Parts& parts = parts_of(kernel);
      if (parts.horizon) schedule.horizon.push_back(*parts.horizon);
      if (parts.reciprocals) schedule.reciprocals.push_back(*parts.reciprocals);
      if (parts.crossings) schedule.crossings.push_back(*parts.crossings);
      if (parts.due) schedule.due.push_back(*parts.due);
      if (parts.between) schedule.between.push_back(*parts.between);
    }
  }

  const Parts& parts_of(const plan::QuietKernel& kernel) {
    const auto [found, is_new] = made_.try_emplace(kernel.kernel);
    Parts& parts = found->second;
    if (!is_new) return parts;
    LookAhead look(plan_, kernel, kept_);
    if (!kernel.flips.empty()) parts.horizon = look.build_horizon();
    if (!kernel.crossings.empty()) {
      const LookAhead::Crossings crossings = look.build_crossings();
      parts.reciprocals = crossings.reciprocals;
      parts.crossings = crossings.steps;
      parts.due = look.build_due();
    }
    if (!kernel.clocks.empty()) parts.between = build_between(plan_, kernel, kept_);
    return parts;
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
