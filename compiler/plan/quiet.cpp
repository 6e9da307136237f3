#include "compiler/plan/quiet.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "compiler/base/match.h"
#include "compiler/plan/effects.h"
#include "compiler/plan/query.h"

namespace bouton::plan {

namespace {

// How a value behaves from one quiet step to the next.
struct Steady {};
struct Count {  // the step count + added - taken: one more
  std::vector<ValueId> added, taken;
};
struct Held {};  // what a clock held before the step
struct Gained {  // what it holds after it
  QuietClock clock;
};
struct Absent {};  // false: an event of quiet steps
struct Varying {};
using Behaviour = std::variant<Steady, Count, Held, Gained, Absent, Varying>;

template <typename Kind>
bool is(const Behaviour& behaviour) {
  return std::holds_alternative<Kind>(behaviour);
}

// What unguarded items write in a step: all of it, what several of them do, what tells of events
// that guard others, and what of it has been written so far.
struct Written {
  std::set<ColumnId> all, repeatedly, fired, so_far;
};

class KernelReader {
 public:
  KernelReader(const Plan& plan, KernelId id, const Written& written)
      : plan_(plan), kernel_(plan.kernels[id]), written_(written), found_{id, {}, {}, {}} {}

  // Empty if all that leaves the kernel is steady, else the name of what is not.
  std::string read() {
    find_clocks();
    for (std::uint32_t i = 0; i < kernel_.body.size() && varying_.empty(); ++i) {
      behaviours_.push_back(behaviour_of(ValueId{i}));
      read_effect(kernel_.body[i]);
    }
    for (const Reduction& reduction : kernel_.reductions) read_reduction(reduction);
    return varying_;
  }
  QuietKernel take() { return std::move(found_); }

 private:
  const Op& op(ValueId value) const { return kernel_.body[value.value]; }
  const Behaviour& of(ValueId value) const { return behaviours_[value.value]; }
  bool is_steady(ValueId value) const { return is<Steady>(of(value)) || is<Absent>(of(value)); }
  bool all_steady(const Op& op) const {
    return std::ranges::all_of(op.in, [&](ValueId value) { return is_steady(value); });
  }
  // Where a value that varies has it from: a column, if its name says more than that of what is
  // written.
  std::string cause_of(ValueId value, const std::string& written) const {
    const Op& made = op(value);
    if (made.code == OpCode::Load)
      return plan_.columns[column_behind(plan_, read_by(made).what)].name;
    const auto varies = [&](ValueId operand) { return is<Varying>(of(operand)); };
    const auto operand = std::ranges::find_if(made.in, varies);
    return operand == made.in.end() ? written : cause_of(*operand, written);
  }
  ColumnId written_by(const Op& op) const {
    return kernel_.writes[std::get<AccessAttribute>(op.attribute).slot];
  }
  const Read& read_by(const Op& op) const {
    return kernel_.reads[std::get<AccessAttribute>(op.attribute).slot];
  }

  // clock = clock + gain, once, by a store to the place that was read.
  void find_clocks() {
    for (const Op& store : kernel_.body) {
      if (store.code != OpCode::Store && store.code != OpCode::StoreWhere) continue;
      const ColumnId column = written_by(store);
      if (plan_.columns[column].role != Role::HazardClock) continue;
      const Op& sum = op(store.in.back());
      if (sum.code != OpCode::AddFixed) continue;
      for (const auto& [held, gain] :
           {std::pair{sum.in[0], sum.in[1]}, std::pair{sum.in[1], sum.in[0]}})
        if (reads_place_of(op(held), store)) {
          const auto where = store.in.size() == 2 ? std::optional{store.in[0]} : std::nullopt;
          clocks_.insert({store.in.back(), {column, held, gain, where}});
          break;
        }
    }
  }

  bool reads_place_of(const Op& load, const Op& store) const {
    if (load.code != OpCode::Load) return false;
    const Read& read = read_by(load);
    return read.what == Operand{written_by(store)} && read.version == Version::Current &&
           std::get<AccessAttribute>(load.attribute).at ==
               std::get<AccessAttribute>(store.attribute).at;
  }

  Behaviour behaviour_of(ValueId id) {
    const Op& value = op(id);
    if (const auto clock = clocks_.find(id); clock != clocks_.end()) return gained(clock->second);
    switch (value.code) {
      case OpCode::Step:
        return Count{};
      case OpCode::Load:
        return loaded(value);
      case OpCode::Input:
        return Varying{};
      case OpCode::AddInt:
      case OpCode::SubtractInt:
      case OpCode::MinInt:
        return counted(value);
      case OpCode::LessInt:
      case OpCode::LessEqualInt:
      case OpCode::EqualInt:
      case OpCode::NotEqualInt:
        return compared(value);
      case OpCode::LessEqualFixed:
        return crossed(value);
      case OpCode::Select:
        if (is<Absent>(of(value.in[0]))) return of(value.in[2]);
        return all_steady(value) ? Behaviour{Steady{}} : Varying{};
      default:
        return all_steady(value) ? Behaviour{Steady{}} : Varying{};
    }
  }

  Behaviour gained(const QuietClock& clock) {
    if (!is<Held>(of(clock.loaded)) || !is_steady(clock.gain)) return Varying{};
    return Gained{clock};
  }

  Behaviour loaded(const Op& load) const {
    const Read& read = read_by(load);
    const ColumnId column = column_behind(plan_, read.what);
    if (read.version == Version::PreviousStep) return Varying{};
    for (const Subscript& at : std::get<AccessAttribute>(load.attribute).at)
      if (const auto* computed = std::get_if<ValueId>(&at); computed && !is_steady(*computed))
        return Varying{};
    if (!written_.all.contains(column)) return Steady{};
    if (written_.repeatedly.contains(column)) return Varying{};
    const bool clock = plan_.columns[column].role == Role::HazardClock;
    if (!written_.so_far.contains(column)) return clock ? Behaviour{Held{}} : Varying{};
    if (clock || read.version == Version::Before) return Varying{};
    return written_.fired.contains(column) ? Behaviour{Absent{}} : Steady{};
  }

  Behaviour counted(const Op& value) const {
    if (all_steady(value)) return Steady{};
    const auto* count = std::get_if<Count>(&of(value.in[0]));
    if (count == nullptr || !is_steady(value.in[1])) return Varying{};
    Count next = *count;
    if (value.code == OpCode::AddInt) next.added.push_back(value.in[1]);
    if (value.code == OpCode::SubtractInt) next.taken.push_back(value.in[1]);
    // A count that is cut off at a step which never comes.
    if (value.code == OpCode::MinInt && !is_never(value.in[1])) return Varying{};
    return next;
  }

  bool is_never(ValueId value) const {
    if (op(value).code != OpCode::Constant) return false;
    const auto* whole =
        std::get_if<std::int64_t>(&std::get<ConstantAttribute>(op(value).attribute).value);
    return whole != nullptr && *whole >= kNever;
  }

  Behaviour compared(const Op& value) {
    if (all_steady(value)) return Steady{};
    const auto* left = std::get_if<Count>(&of(value.in[0]));
    const auto* right = std::get_if<Count>(&of(value.in[1]));
    if ((left == nullptr) == (right == nullptr)) return Varying{};
    const Count& count = left != nullptr ? *left : *right;
    const ValueId limit = value.in[left != nullptr ? 1 : 0];
    if (!is_steady(limit)) return Varying{};
    // count <= limit ends behind it, and count > limit begins there; the others change at the
    // limit.
    const bool behind = value.code == (left != nullptr ? OpCode::LessEqualInt : OpCode::LessInt);
    const bool equality = value.code == OpCode::EqualInt || value.code == OpCode::NotEqualInt;
    if (equality || !behind) found_.flips.push_back({limit, count.added, count.taken, 0});
    if (equality || behind) found_.flips.push_back({limit, count.added, count.taken, 1});
    return Steady{};
  }

  Behaviour crossed(const Op& value) {
    if (all_steady(value)) return Steady{};
    const auto* gained = std::get_if<Gained>(&of(value.in[1]));
    if (gained == nullptr || !is_steady(value.in[0])) return Varying{};
    found_.crossings.push_back({gained->clock, value.in[0]});
    return Steady{};
  }

  void read_effect(const Op& effect) {
    switch (effect.code) {
      case OpCode::Store:
      case OpCode::StoreWhere:
        return read_store(effect);
      case OpCode::AddTo:
      case OpCode::SubtractFrom:
        varying_ = plan_.columns[written_by(effect)].name;
        return;
      case OpCode::Require:
        if (!all_steady(effect)) varying_ = plan_.faults[fault_of(effect)].owner;
        return;
      default:
        return;
    }
  }

  static FaultId fault_of(const Op& require) {
    return std::get<FaultAttribute>(require.attribute).fault;
  }

  void read_store(const Op& store) {
    const auto* gained = std::get_if<Gained>(&of(store.in.back()));
    const bool placed = clocks_.contains(store.in.back());
    const bool where = store.in.size() == 1 || is_steady(store.in.front());
    if (gained != nullptr && placed && where && gained->clock.column == written_by(store)) {
      found_.clocks.push_back(gained->clock);
    } else if (!where || !is_steady(store.in.back())) {
      varying_ = cause_of(store.in.back(), plan_.columns[written_by(store)].name);
    }
  }

  void read_reduction(const Reduction& reduction) {
    const ColumnId into = kernel_.writes[reduction.into];
    const bool where = !reduction.where || is_steady(*reduction.where);
    const bool onto = !reduction.accumulate || written_.so_far.contains(into);
    if (varying_.empty() && (!is_steady(reduction.value) || !where || !onto))
      varying_ = plan_.columns[into].name;
  }

  const Plan& plan_;
  const Kernel& kernel_;
  const Written& written_;
  std::map<ValueId, QuietClock> clocks_;  // by the value that is stored
  std::vector<Behaviour> behaviours_;
  QuietKernel found_;
  std::string varying_;
};

class ScheduleReader {
 public:
  ScheduleReader(const Plan& plan, const Schedule& schedule) : plan_(plan), schedule_(schedule) {}

  std::variant<QuietSteps, EveryStepChanges> read() {
    for (const Stage& stage : schedule_.stages)
      for (const Item& item : stage.items) {
        const Effects effects = effects_of(plan_, item);
        if (effects.guards.empty()) note_writes(effects);
        for (const EventId guard : effects.guards) written_.fired.insert(plan_.events[guard].fired);
      }
    std::uint32_t position = 0;
    for (const Stage& stage : schedule_.stages)
      for (const Item& item : stage.items) {
        behind_ = schedule_.advance == Schedule::Advance::SkipToNextEvent &&
                  position++ >= schedule_.ahead;
        std::string varying = read_item(item);
        if (!varying.empty()) return EveryStepChanges{std::move(varying)};
      }
    return std::move(found_);
  }

 private:
  void note_writes(const Effects& effects) {
    std::set<ColumnId> columns;
    for (const WriteEffect& write : effects.writes) columns.insert(write.column);
    for (const ColumnId column : columns)
      if (!written_.all.insert(column).second) written_.repeatedly.insert(column);
  }

  std::string read_item(const Item& item) {
    const Effects effects = effects_of(plan_, item);
    if (const auto* observer = std::get_if<ObserverId>(&item.what))
      return read_observer(plan_.observers[*observer]);
    if (!effects.guards.empty()) return {};
    const auto* kernel = std::get_if<KernelId>(&item.what);
    if (kernel == nullptr) return plan_.columns[effects.writes.front().column].name;
    KernelReader reader(plan_, *kernel, written_);
    std::string varying = reader.read();
    QuietKernel quiet = reader.take();
    for (const QuietClock& clock : quiet.clocks) clocks_columns_.insert(clock.column);
    if (varying.empty() && is_misplaced(plan_.kernels[*kernel], quiet))
      varying = plan_.kernels[*kernel].name;
    if (!quiet.flips.empty() || !quiet.clocks.empty()) found_.kernels.push_back(std::move(quiet));
    for (const WriteEffect& write : effects.writes) written_.so_far.insert(write.column);
    return varying;
  }

  // What is executed ahead of a leap may not advance clocks, and what is not may do nothing else.
  bool is_misplaced(const Kernel& kernel, const QuietKernel& quiet) const {
    if (schedule_.advance != Schedule::Advance::SkipToNextEvent) return false;
    if (!behind_) return !quiet.clocks.empty();
    const auto requires_ = [](const Op& op) { return op.code == OpCode::Require; };
    const auto is_advance = [&](ColumnId column) {
      return plan_.columns[column].role == Role::HazardClock || written_.fired.contains(column);
    };
    return !quiet.flips.empty() || !kernel.reductions.empty() ||
           std::ranges::any_of(kernel.body, requires_) ||
           !std::ranges::all_of(kernel.writes, is_advance);
  }

  // It may see what events write or what is steady, in the step's end state.
  std::string read_observer(const Observer& observer) const {
    if (!observer.what) return {};
    const ColumnId column = column_behind(plan_, observer.what->what);
    const bool steady =
        observer.what->version != Version::PreviousStep && !clocks_columns_.contains(column);
    return steady ? std::string{} : plan_.columns[column].name;
  }

  const Plan& plan_;
  const Schedule& schedule_;
  Written written_;
  std::set<ColumnId> clocks_columns_;
  bool behind_ = false;  // what is executed ahead of a leap
  QuietSteps found_;
};

}  // namespace

std::variant<QuietSteps, EveryStepChanges> find_quiet_steps(const Plan& plan,
                                                            const Schedule& schedule) {
  return ScheduleReader(plan, schedule).read();
}

bool observes_by_lane(const Observer& observer) {
  return observer.kind == Observer::Kind::Count || observer.kind == Observer::Kind::StateHistogram;
}

const Observer* find_observer_in_order(const Plan& plan, const Schedule& schedule) {
  for (const Stage& stage : schedule.stages)
    for (const Item& item : stage.items)
      if (const auto* id = std::get_if<ObserverId>(&item.what))
        if (!observes_by_lane(plan.observers[*id])) return &plan.observers[*id];
  return nullptr;
}

std::optional<std::string> find_what_changes(const Plan& plan, const Schedule& schedule) {
  if (schedule.advance == Schedule::Advance::SkipToNextEvent) return std::nullopt;
  const auto found = find_quiet_steps(plan, schedule);
  if (const auto* changes = std::get_if<EveryStepChanges>(&found)) return changes->what;
  return "what follows from the events of the same step";  // see Note [Evaluated ahead]
}

}  // namespace bouton::plan
