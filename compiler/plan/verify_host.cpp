// Rules about the host program, and that nothing shared by the lanes is computed from one of them.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "compiler/base/match.h"
#include "compiler/plan/host_walk.h"
#include "compiler/plan/print_parts.h"
#include "compiler/plan/query.h"
#include "compiler/plan/verify_rules.h"

namespace bouton::plan {
namespace {

bool node_depends_on_lane(const Plan& plan, const HostExpr& expr) {
  if (const auto* read = std::get_if<HostVariableRead>(&expr.node))
    return plan.variables[read->variable].sharing == Sharing::PerLane;
  if (const auto* parameter = std::get_if<ParameterRead>(&expr.node))
    return plan.parameters[parameter->parameter].sharing == Sharing::PerLane;
  if (const auto* column = std::get_if<ColumnRead>(&expr.node))
    return plan.columns[column_behind(plan, column->operand)].sharing == Sharing::PerLane;
  return std::holds_alternative<ElapsedSteps>(expr.node);
}

bool draws_by_the_seed(const HostExpr& expr) {
  const auto* called = std::get_if<HostCall>(&expr.node);
  return called != nullptr && called->site && !(*called->site)->seed;
}

bool depends_on_lane(const Plan& plan, const HostExpr& expr) {
  bool depends = false;
  for_each_expr(expr, [&](const HostExpr& part) {
    depends = depends || node_depends_on_lane(plan, part) ||
              (draws_by_the_seed(part) && node_depends_on_lane(plan, plan.seed));
  });
  return depends;
}

bool is_shared(const Plan& plan, HostVariableId id) {
  return plan.variables[id].sharing == Sharing::Shared;
}
bool is_shared(const Plan& plan, ColumnId id) {
  return plan.columns[id].sharing == Sharing::Shared;
}

// Whether a statement sets something shared from a lane's own value.
bool mixes_lanes(const Plan& plan, const HostStmt& stmt) {
  if (const auto* let = std::get_if<HostLet>(&stmt.node))
    return is_shared(plan, let->variable) && depends_on_lane(plan, let->value);
  const auto* assign = std::get_if<HostAssign>(&stmt.node);
  if (assign == nullptr) return false;
  const bool shared =
      std::visit([&](const auto& id) { return is_shared(plan, id); }, assign->target);
  const auto depends = [&](const HostExpr& expr) { return depends_on_lane(plan, expr); };
  return shared && (depends(assign->value) || std::ranges::any_of(assign->indices, depends));
}

bool initial_depends_on_lane(const Plan& plan, const Initial& initial) {
  return match(
      initial, [](const std::monostate&) { return false; },
      [&](const HostExpr& value) { return depends_on_lane(plan, value); },
      [](const InitialKernel&) { return true; });
}

// The observers of all schedules that a phase runs.
std::set<ObserverId> observers_of(const Plan& plan, PhaseId phase) {
  std::set<ObserverId> observers;
  for (const ScheduleId schedule : schedules_of(plan.phases[phase]))
    for (const Stage& stage : plan.schedules[schedule].stages)
      for (const Item& item : stage.items)
        if (const auto* observer = std::get_if<ObserverId>(&item.what)) observers.insert(*observer);
  return observers;
}

void verify_run(const Plan& plan, const HostRun& run, Messages& messages) {
  std::set<ObserverId> bound;
  for (const ResultBinding& result : run.results) bound.insert(result.observer);
  const std::set<ObserverId> observed = observers_of(plan, run.phase);
  if (bound != observed)
    messages.push_back(fmt::format("a run in {} binds [{}], its schedules observe [{}]",
                                   print(run.phase), print_list(bound), print_list(observed)));
}

void verify_curves(const Plan& plan, const HostPlot& plot, Messages& messages) {
  const std::size_t columns = plan.record_tables[plot.table].columns.size();
  for (const HostPlot::Curve& curve : plot.curves)
    if (curve.x >= columns || curve.y >= columns)
      messages.push_back(fmt::format("a plot shows column {} of {}, which has {}",
                                     std::max(curve.x, curve.y), print(plot.table), columns));
}

void verify_stmt(const Plan& plan, const HostStmt& stmt, Messages& messages) {
  if (const auto* run = std::get_if<HostRun>(&stmt.node)) verify_run(plan, *run, messages);
  if (const auto* plot = std::get_if<HostPlot>(&stmt.node)) verify_curves(plan, *plot, messages);
  if (const auto* record = std::get_if<HostRecord>(&stmt.node)) {
    const std::size_t columns = plan.record_tables[record->table].columns.size();
    if (record->cells.size() != columns)
      messages.push_back(fmt::format("a record has {} cells, {} has {} columns",
                                     record->cells.size(), print(record->table), columns));
  }
  if (const auto* replay = std::get_if<HostReplay>(&stmt.node))
    if (plan.columns[replay->tape].role != Role::Tape)
      messages.push_back(fmt::format("{} is replayed from {}, which is no tape",
                                     print(replay->stream), print(replay->tape)));
}

void verify_breaks(const HostBody& body, bool in_loop, Messages& messages) {
  for (const HostStmt& stmt : body) {
    if (std::holds_alternative<HostBreak>(stmt.node) && !in_loop)
      messages.emplace_back("a break stands outside of a loop");
    if (const auto* loop = std::get_if<HostFor>(&stmt.node))
      verify_breaks(loop->body, true, messages);
    if (const auto* every = std::get_if<HostEvery>(&stmt.node))
      verify_breaks(every->body, in_loop, messages);
    if (const auto* branch = std::get_if<HostIf>(&stmt.node)) {
      verify_breaks(branch->when_true, in_loop, messages);
      verify_breaks(branch->when_false, in_loop, messages);
    }
  }
}

// SEMANTICS 16: never set back by `reset`.
bool survives_reset(Role role) {
  return role == Role::Weight || role == Role::Parameter || role == Role::Constant ||
         role == Role::Clock || role == Role::DrawOrdinal || role == Role::Tape;
}

}  // namespace

void verify_lanes(const Plan& plan, Messages& messages) {
  for (const ExtentId id : plan.extents.ids())
    if (depends_on_lane(plan, plan.extents[id].value))
      messages.push_back(print(id) + " differs between lanes");
  for (const ColumnId id : plan.columns.ids())
    if (is_shared(plan, id) && initial_depends_on_lane(plan, plan.columns[id].initial))
      messages.push_back(print(id) + " is shared but begins with a lane's own value");
  for_each_stmt(plan.host.body, [&](const HostStmt& stmt) {
    if (mixes_lanes(plan, stmt))
      messages.emplace_back("the host program sets what all lanes share from a lane's own value");
  });
}

void verify_host(const Plan& plan, Messages& messages) {
  for_each_stmt(plan.host.body, [&](const HostStmt& stmt) { verify_stmt(plan, stmt, messages); });
  verify_breaks(plan.host.body, false, messages);
}

void verify_resets(const Plan& plan, Messages& messages) {
  for_each_stmt(plan.host.body, [&](const HostStmt& stmt) {
    const auto* reset = std::get_if<HostReset>(&stmt.node);
    if (reset == nullptr) return;
    for (const ColumnId column : reset->columns)
      if (survives_reset(plan.columns[column].role))
        messages.push_back(fmt::format("a reset sets {} back", print(column)));
  });
}

}  // namespace bouton::plan
