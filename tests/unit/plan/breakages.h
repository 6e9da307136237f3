// Well-formed plans with one thing broken: at least one for every rule of the verifier.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "compiler/plan/plan.h"

namespace bouton::plan {

struct Breakage {
  std::string rule;  // the rule that must object
  std::string what;  // what is broken
  Plan (*healthy)();
  std::function<void(Plan&)> break_it;
};

[[nodiscard]] std::vector<Breakage> kernel_breakages();
[[nodiscard]] std::vector<Breakage> stage_breakages();
[[nodiscard]] std::vector<Breakage> schedule_breakages();
[[nodiscard]] std::vector<Breakage> host_breakages();

// Finding parts of the hand-written plans by the names they were given.
template <typename IdType, typename T>
IdType named(const Table<IdType, T>& table, const std::string& name) {
  for (const IdType id : table.ids())
    if (table[id].name == name) return id;
  return {};
}

// The first op of a kernel with this code.
inline Op& op_of(Plan& plan, const std::string& kernel, OpCode code) {
  for (Op& op : plan.kernels[named(plan.kernels, kernel)].body)
    if (op.code == code) return op;
  BOUTON_UNREACHABLE("no such op in the hand-written plan");
}

inline Stage& stage_of(Plan& plan, Stage::Kind kind, ScheduleId schedule = ScheduleId{0}) {
  for (Stage& stage : plan.schedules[schedule].stages)
    if (stage.kind == kind) return stage;
  BOUTON_UNREACHABLE("no such stage in the hand-written plan");
}

}  // namespace bouton::plan
