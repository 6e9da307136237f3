// Observers, schedules and phases as text.
#include <fmt/format.h>

#include <array>

#include "compiler/base/match.h"
#include "compiler/plan/print_parts.h"

namespace bouton::plan {
namespace {

constexpr std::array<std::string_view, 10> kObservers{"samples", "mean",    "sum",  "variance",
                                                      "minimum", "maximum", "last", "count",
                                                      "spikes",  "states"};
constexpr std::array<std::string_view, 8> kStages{"draw",      "evaluate",  "learn",   "jump",
                                                  "integrate", "constrain", "observe", "commit"};

std::string print_observers(const PrintContext& context) {
  std::string text;
  for (const ObserverId id : context.plan.observers.ids()) {
    const Observer& observer = context.plan.observers[id];
    text += fmt::format("observer {}{} {}", print(id), remark(context, observer.name),
                        kObservers[static_cast<std::size_t>(observer.kind)]);
    if (observer.what) text += " of " + print(observer.what->what);
    if (observer.what && observer.what->version == Version::PreviousStep) text += " previous";
    if (observer.event) text += " of " + print(*observer.event);
    text += fmt::format(" every {} after {}\n", print_host_expr(context, observer.every),
                        print_host_expr(context, observer.after));
  }
  return text;
}

std::string print_item(const Item& item) {
  std::string text = match(
      item.what, [](const Push& push) { return "push " + print(push.history); },
      [](const auto& id) { return print(id); });
  if (!item.when.empty()) text += " when " + print_list(item.when, " or ");
  if (item.rule) text += " for " + print(*item.rule);
  return text;
}

std::string print_stage(const Stage& stage) {
  std::string text = fmt::format("  {}\n", kStages[static_cast<std::size_t>(stage.kind)]);
  for (const Item& item : stage.items) text += fmt::format("    {}\n", print_item(item));
  if (!stage.commits.empty()) text += fmt::format("    commit {}\n", print_list(stage.commits));
  return text;
}

std::string print_schedule(const PrintContext& context, ScheduleId id) {
  const Schedule& schedule = context.plan.schedules[id];
  const bool skips = schedule.advance == Schedule::Advance::SkipToNextEvent;
  std::string text = fmt::format(
      "schedule {}{} of {} {}, {} clock, {}\n", print(id), remark(context, schedule.name),
      print(schedule.circuit), skips ? "skips to the next event" : "every step",
      schedule.clock == Schedule::Clock::PerLane ? "per-lane" : "global",
      schedule.partition == Schedule::Partition::LaneBlocks ? "lane blocks" : "post ranges");
  for (const Stage& stage : schedule.stages) text += print_stage(stage);
  if (skips)
    text += fmt::format(
        "  ahead {}\n  horizon {}\n  reciprocals {}\n  crossings {}\n  due {}\n  between {}\n",
        schedule.ahead, print_list(schedule.horizon), print_list(schedule.reciprocals),
        print_list(schedule.crossings), print_list(schedule.due), print_list(schedule.between));
  return text;
}

std::string print_phase(const PrintContext& context, PhaseId id) {
  const Phase& phase = context.plan.phases[id];
  std::vector<CircuitId> circuits;
  for (const PhasePart& part : phase.parts) circuits.push_back(part.circuit);
  std::string text = fmt::format("phase {}{} of {}\n", print(id), remark(context, phase.name),
                                 print_list(circuits));
  for (const PhasePart& part : phase.parts)
    for (const Segment& segment : part.segments)
      text += fmt::format("  from {} {}\n", print_host_expr(context, segment.from),
                          print(segment.schedule));
  for (const Override& assigned : phase.overrides)
    text += fmt::format("  {} = {}\n", print(assigned.column),
                        print_host_expr(context, assigned.value));
  if (!phase.learning.empty()) text += fmt::format("  learn {}\n", print_list(phase.learning));
  if (!phase.silent.empty()) text += fmt::format("  silence {}\n", print_list(phase.silent));
  return text;
}

}  // namespace

std::string print_schedule_tables(const PrintContext& context) {
  std::string text = print_observers(context);
  for (const ScheduleId id : context.plan.schedules.ids()) text += print_schedule(context, id);
  for (const PhaseId id : context.plan.phases.ids()) text += print_phase(context, id);
  return text;
}

}  // namespace bouton::plan
