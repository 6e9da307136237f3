// Rule: every id of every table refers to an element of its table.
#include <fmt/format.h>

#include "compiler/base/match.h"
#include "compiler/plan/host_walk.h"
#include "compiler/plan/print_parts.h"
#include "compiler/plan/verify_rules.h"

namespace bouton::plan {
namespace {

const auto& table_of(const Plan& plan, ExtentId) { return plan.extents; }
const auto& table_of(const Plan& plan, AxisId) { return plan.axes; }
const auto& table_of(const Plan& plan, ColumnId) { return plan.columns; }
const auto& table_of(const Plan& plan, ViewId) { return plan.views; }
const auto& table_of(const Plan& plan, CircuitId) { return plan.circuits; }
const auto& table_of(const Plan& plan, PopulationId) { return plan.populations; }
const auto& table_of(const Plan& plan, LinkId) { return plan.links; }
const auto& table_of(const Plan& plan, RuleId) { return plan.rules; }
const auto& table_of(const Plan& plan, StreamId) { return plan.streams; }
const auto& table_of(const Plan& plan, FaultId) { return plan.faults; }
const auto& table_of(const Plan& plan, KernelId) { return plan.kernels; }
const auto& table_of(const Plan& plan, DenseId) { return plan.denses; }
const auto& table_of(const Plan& plan, MovingAverageId) { return plan.moving_averages; }
const auto& table_of(const Plan& plan, EventId) { return plan.events; }
const auto& table_of(const Plan& plan, HistoryId) { return plan.histories; }
const auto& table_of(const Plan& plan, HandlerId) { return plan.handlers; }
const auto& table_of(const Plan& plan, ObserverId) { return plan.observers; }
const auto& table_of(const Plan& plan, ScheduleId) { return plan.schedules; }
const auto& table_of(const Plan& plan, PhaseId) { return plan.phases; }
const auto& table_of(const Plan& plan, HostVariableId) { return plan.variables; }
const auto& table_of(const Plan& plan, ParameterId) { return plan.parameters; }
const auto& table_of(const Plan& plan, RecordTableId) { return plan.record_tables; }

// Checks the ids that one thing (`where`) holds.
struct IdChecker {
  const Plan& plan;
  Messages& messages;
  std::string where;

  template <typename Tag>
  void check(Id<Tag> id) const {
    if (table_of(plan, id).contains(id)) return;
    messages.push_back(fmt::format("{} refers to {}, which does not exist", where,
                                   id.valid() ? print(id) : "nothing"));
  }
  template <typename... Ids>
  void check(const std::variant<Ids...>& choice) const {
    std::visit([&](const auto& id) { check(id); }, choice);
  }
  void check(const std::monostate&) const {}
  void check(const Push& push) const { check(push.history); }
  void check(const InitialKernel& initial) const { check(initial.kernel); }
  void check(const Read& read) const { check(read.what); }
  void check_node(const HostExpr& expr) const {
    if (const auto* read = std::get_if<HostVariableRead>(&expr.node)) check(read->variable);
    if (const auto* column = std::get_if<ColumnRead>(&expr.node)) check(column->operand);
    if (const auto* parameter = std::get_if<ParameterRead>(&expr.node)) check(parameter->parameter);
  }
  void check(const HostExpr& expr) const {
    for_each_expr(expr, [&](const HostExpr& part) { check_node(part); });
  }
  template <typename T>
  void check(const std::optional<T>& maybe) const {
    if (maybe) check(*maybe);
  }
  template <typename T>
  void check(const std::vector<T>& list) const {
    for (const T& element : list) check(element);
  }
  template <typename... Parts>
  void all(const Parts&... parts) const {
    (check(parts), ...);
  }
};

void visit_ids(const IdChecker& check, const Extent& extent) { check.all(extent.value); }
void visit_ids(const IdChecker& check, const Axis& axis) {
  check.all(axis.extent, axis.within, axis.offset);
}
void visit_ids(const IdChecker& check, const Column& column) {
  check.all(column.axes, column.owner, column.initial);
}
void visit_ids(const IdChecker& check, const View& view) { check.all(view.of, view.axes); }
void visit_ids(const IdChecker& check, const Circuit& circuit) { check.all(circuit.clock); }
void visit_ids(const IdChecker& check, const Population& population) {
  check.all(population.axis, population.circuit, population.states);
}
void visit_ids(const IdChecker& check, const Link& link) {
  check.all(link.pre, link.post, link.weight, link.axonal, link.dendritic, link.backprop,
            link.first_seen);
  match(
      link.storage, [&](const DenseStorage& dense) { check.all(dense.post, dense.pre); },
      [&](const SparseStorage& sparse) {
        check.all(sparse.synapse, sparse.post, sparse.pre, sparse.first_of_post, sparse.by_pre,
                  sparse.first_of_pre);
      },
      [&](const OneToOneStorage& one) { check.all(one.neuron); });
}
void visit_ids(const IdChecker& check, const Pack& pack) {
  check.all(pack.populations);
  for (const auto& row : pack.rows) check.all(row);
}
void visit_ids(const IdChecker& check, const Rule& rule) { check.all(rule.link, rule.first_seen); }
void visit_ids(const IdChecker& check, const Fault& fault) { check.all(fault.tape); }
void visit_ids(const IdChecker& check, const Stream& stream) { check.all(stream.ordinal); }
void visit_ids(const IdChecker& check, const Dense& dense) {
  check.all(dense.circuit, dense.matrix, dense.x, dense.y, dense.epilogue);
}
void visit_ids(const IdChecker& check, const MovingAverage& average) {
  check.all(average.circuit, average.what, average.mean, average.length, average.samples,
            average.prefix, average.count, average.first);
}
void visit_ids(const IdChecker& check, const Event& event) {
  check.all(event.circuit, event.axis, event.fired, event.due, event.of, event.delay, event.queue);
}
void visit_ids(const IdChecker& check, const History& history) {
  check.all(history.of, history.ring, history.head);
}
void visit_ids(const IdChecker& check, const Trace& trace) {
  check.all(trace.base, trace.stamp, trace.tau_steps, trace.rule);
}
void visit_ids(const IdChecker& check, const Handler& handler) {
  check.all(handler.on, handler.link, handler.body, handler.rule);
  if (handler.pairs)
    check.all(handler.pairs->pre, handler.pairs->post, handler.pairs->pre_history,
              handler.pairs->post_history);
}
void visit_ids(const IdChecker& check, const Observer& observer) {
  check.all(observer.circuit, observer.what, observer.event, observer.every, observer.after);
}
void visit_ids(const IdChecker& check, const Schedule& schedule) {
  check.all(schedule.circuit, schedule.horizon, schedule.reciprocals, schedule.crossings,
            schedule.due, schedule.between);
  for (const Stage& stage : schedule.stages) {
    check.all(stage.commits);
    for (const Item& item : stage.items) check.all(item.what, item.when, item.rule);
  }
}
void visit_ids(const IdChecker& check, const Phase& phase) {
  check.all(phase.learning, phase.silent);
  for (const PhasePart& part : phase.parts) {
    check.all(part.circuit);
    for (const Segment& segment : part.segments) check.all(segment.from, segment.schedule);
  }
  for (const Override& assigned : phase.overrides) check.all(assigned.column, assigned.value);
}
void visit_ids(const IdChecker& check, const ProgramParameter& parameter) {
  check.all(parameter.value);
}

void visit_op(const IdChecker& check, const Kernel& kernel, const Op& op) {
  match(
      op.attribute, [](const std::monostate&) {}, [](const ConstantAttribute&) {},
      [&](const AxisAttribute& axis) { check.all(axis.axis); }, [](const InputAttribute&) {},
      [&](const AccessAttribute& access) {
        const std::size_t slots =
            op.code == OpCode::Load ? kernel.reads.size() : kernel.writes.size();
        if (access.slot >= slots)
          check.messages.push_back(
              fmt::format("{} accesses slot {} of {}", check.where, access.slot, slots));
        for (const Subscript& subscript : access.at)
          if (const auto* axis = std::get_if<AxisId>(&subscript)) check.all(*axis);
      },
      [&](const FaultAttribute& fault) { check.all(fault.fault); }, [](const FunctionAttribute&) {},
      [&](const StreamAttribute& stream) { check.all(stream.stream); });
}

void visit_ids(const IdChecker& check, const Kernel& kernel) {
  check.all(kernel.circuit, kernel.space, kernel.link, kernel.reads, kernel.writes);
  for (const Op& op : kernel.body) visit_op(check, kernel, op);
  for (const Reduction& reduction : kernel.reductions) {
    check.all(reduction.over);
    if (reduction.into >= kernel.writes.size())
      check.messages.push_back(fmt::format("{} reduces into slot {} of {}", check.where,
                                           reduction.into, kernel.writes.size()));
  }
}

void visit_stmt(const IdChecker& check, const HostStmt& stmt) {
  for_each_expr_of(stmt, [&](const HostExpr& part) { check.check_node(part); });
  match(
      stmt.node, [&](const HostLet& s) { check.all(s.variable); },
      [&](const HostAssign& s) { check.all(s.target); },
      [&](const HostFor& s) { check.all(s.variables); }, [](const HostIf&) {},
      [](const HostBreak&) {},
      [&](const HostRun& s) {
        check.all(s.phase);
        for (const ResultBinding& result : s.results) check.all(result.observer, result.variable);
      },
      [&](const HostReset& s) { check.all(s.columns, s.kernels); },
      [&](const HostClip& s) { check.all(s.columns); },
      [&](const HostNormalise& s) { check.all(s.weights); },
      [&](const HostReplay& s) { check.all(s.stream, s.tape); }, [](const HostEvery&) {},
      [&](const HostRecord& s) { check.all(s.table); },
      [&](const HostPlot& s) { check.all(s.table); }, [](const HostPrint&) {},
      [](const HostExpect&) {});
}

template <typename IdType, typename T>
void verify_table(const Plan& plan, const Table<IdType, T>& table, Messages& messages) {
  for (const IdType id : table.ids()) visit_ids({plan, messages, print(id)}, table[id]);
}

template <typename... Tables>
void verify_tables(const Plan& plan, Messages& messages, const Tables&... tables) {
  (verify_table(plan, tables, messages), ...);
}

}  // namespace

void verify_ids(const Plan& plan, Messages& messages) {
  verify_tables(plan, messages, plan.extents, plan.axes, plan.columns, plan.views, plan.circuits,
                plan.populations, plan.packs, plan.links, plan.rules, plan.streams, plan.faults,
                plan.kernels, plan.denses, plan.moving_averages, plan.events, plan.histories,
                plan.traces, plan.handlers, plan.observers, plan.schedules, plan.phases,
                plan.parameters);
  IdChecker{plan, messages, "the checkpoint"}.all(plan.checkpoint);
  IdChecker{plan, messages, "the seed"}.all(plan.seed);
  const IdChecker host{plan, messages, "the host program"};
  for_each_stmt(plan.host.body, [&](const HostStmt& stmt) { visit_stmt(host, stmt); });
}

}  // namespace bouton::plan
