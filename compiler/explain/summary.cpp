// What concerns the experiment as a whole: its heading, operations per kind of run, and memory.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "compiler/base/match.h"
#include "compiler/base/text_table.h"
#include "compiler/explain/cost_table.h"
#include "compiler/explain/sections.h"
#include "compiler/explain/storage.h"
#include "compiler/explain/words.h"
#include "compiler/plan/query.h"

namespace bouton::explain {

namespace {

using Align = TextTable::Align;

struct Memory {
  std::int64_t per_replica = 0;
  std::int64_t shared = 0;
};

// What belongs to no part of a circuit: which step it is, and what leaps over steps keep.
std::string circuit_name(const plan::Plan& plan, plan::CircuitId circuit) {
  const bool leaps =
      std::ranges::count(plan.columns, plan::Owner{circuit}, &plan::Column::owner) > 1;
  return leaps ? "step counter and leaps" : "step counter";
}

std::string owner_name(const Subject& subject, const plan::Owner& owner) {
  return match(
      owner, [](const std::monostate&) { return std::string("other"); },
      [&](plan::CircuitId circuit) { return circuit_name(subject.plan, circuit); },
      [&](plan::PopulationId id) {
        return "population " + short_name(subject, subject.plan.populations[id].name);
      },
      [&](plan::LinkId id) {
        return "projection " + short_name(subject, subject.plan.links[id].name);
      },
      [&](plan::RuleId id) { return "rule " + rule_name(subject, id); });
}

Memory memory_held(const plan::Plan& plan, const std::optional<plan::Owner>& owner) {
  Memory memory;
  for (const plan::Column& column : plan.columns) {
    if (owner && column.owner != *owner) continue;
    const bool shared = column.sharing == plan::Sharing::Shared;
    (shared ? memory.shared : memory.per_replica) += memory_of(plan, column);
  }
  return memory;
}

bool executes(const plan::Plan& plan, const plan::Schedule& schedule, plan::RuleId rule) {
  return std::ranges::any_of(schedule.stages, [&](const plan::Stage& stage) {
    return stage.kind == plan::Stage::Kind::Learn &&
           std::ranges::any_of(stage.items,
                               [&](const plan::Item& item) { return rule_of(plan, item) == rule; });
  });
}

// The figures of one schedule.
std::string print_costs(const Subject& subject, const plan::Schedule& schedule) {
  CostTable table(subject);
  for (const Work& work : work_of(subject.plan, schedule)) table.add(work);
  return table.print(2) + print_pace(subject, schedule);
}

}  // namespace

const plan::Schedule* schedule_of(const Subject& subject, std::optional<plan::RuleId> rule) {
  const plan::Plan& plan = subject.plan;
  const plan::Schedule* any = nullptr;
  for (const plan::Phase& phase : plan.phases)
    for (const plan::ScheduleId id : plan::schedules_of(phase)) {
      const plan::Schedule& schedule = plan.schedules[id];
      if (any == nullptr) any = &schedule;
      if (rule && executes(plan, schedule, *rule)) return &schedule;
    }
  return any;
}

std::string print_summary(const Subject& subject) {
  const model::Experiment& source = subject.network.source();
  const Memory memory = memory_held(subject.plan, std::nullopt);
  const char* precision = subject.plan.precision == plan::Precision::Single ? "single" : "double";
  return fmt::format(
      "experiment {}  (at {})\n  timestep {} ms, {} precision, {} per replica{}\n", source.name,
      place_of(subject, source.span), subject.plan.timestep, precision,
      print_bytes(memory.per_replica),
      memory.shared == 0 ? "" : ", " + print_bytes(memory.shared) + " shared by all replicas");
}

std::string print_costs(const Subject& subject) {
  std::map<std::string, std::string> known;
  std::string text;
  for (const plan::Phase& phase : subject.plan.phases)
    for (const plan::ScheduleId id : plan::schedules_of(phase)) {
      const std::string name = print_phase_name(subject, phase);
      const std::string costs = print_costs(subject, subject.plan.schedules[id]);
      const auto [place, is_new] = known.emplace(costs, name);
      if (is_new) text += fmt::format("costs of {}, at most\n{}", name, costs);
    }
  return text +
         "  Counted from the plan: a value that is computed twice counts once; observers are left "
         "out.\n";
}

std::string print_memory(const Subject& subject) {
  std::vector<plan::Owner> owners;
  for (const plan::Column& column : subject.plan.columns)
    if (std::ranges::find(owners, column.owner) == owners.end()) owners.push_back(column.owner);
  TextTable table({Align::Left, Align::Right, Align::Right});
  table.add({"", "per replica", "shared"});
  const auto add = [&](const std::string& name, const Memory& memory) {
    table.add({name, print_bytes(memory.per_replica), print_bytes(memory.shared)});
  };
  for (const plan::Owner& owner : owners)
    add(owner_name(subject, owner), memory_held(subject.plan, owner));
  add("together", memory_held(subject.plan, std::nullopt));
  return "memory, without what is observed and recorded\n" + table.print(2);
}

}  // namespace bouton::explain
