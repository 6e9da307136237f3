#include "compiler/image/program.h"

#include <algorithm>
#include <utility>

#include "compiler/base/check.h"
#include "compiler/base/match.h"
#include "compiler/image/host_expr.h"
#include "compiler/image/layout.h"
#include "compiler/plan/query.h"

namespace bouton::image {

namespace {

using Node = decltype(runtime::HostStmt::node);

std::vector<std::uint32_t> numbers_of(const auto& ids) {
  std::vector<std::uint32_t> numbers;
  for (const auto id : ids) numbers.push_back(id.value);
  return numbers;
}

// The clock of the circuit whose kernels read a column.
std::uint32_t clock_of_reader(const plan::Plan& plan, plan::ColumnId column) {
  for (const plan::Kernel& kernel : plan.kernels)
    for (const plan::Read& read : kernel.reads)
      if (plan::column_behind(plan, read.what) == column)
        return plan.circuits[kernel.circuit].clock.value;
  BOUTON_UNREACHABLE("a tape that nothing reads");
}

runtime::HostBody translate_body(const plan::Plan& plan, const plan::HostBody& body);

struct StatementTranslator {
  const plan::Plan& plan;

  runtime::HostExpr expr(const plan::HostExpr& from) const { return translate(plan, from); }
  runtime::HostExprs optional(const std::optional<plan::HostExpr>& from) const {
    return from ? runtime::HostExprs{expr(*from)} : runtime::HostExprs{};
  }

  Node operator()(const plan::HostLet& let) const {
    return runtime::LetStmt{let.variable.value, expr(let.value)};
  }

  Node operator()(const plan::HostAssign& assign) const {
    runtime::HostExprs indices = translate_all(plan, assign.indices);
    if (const auto* variable = std::get_if<plan::HostVariableId>(&assign.target))
      return runtime::AssignVariableStmt{variable->value, std::move(indices), expr(assign.value)};
    return runtime::AssignColumnStmt{std::get<plan::ColumnId>(assign.target).value,
                                     std::move(indices), expr(assign.value)};
  }

  Node operator()(const plan::HostFor& loop) const {
    return runtime::ForStmt{numbers_of(loop.variables), expr(loop.sequence),
                            translate_body(plan, loop.body)};
  }
  Node operator()(const plan::HostIf& choice) const {
    return runtime::IfStmt{expr(choice.condition), translate_body(plan, choice.when_true),
                           translate_body(plan, choice.when_false)};
  }
  Node operator()(const plan::HostBreak&) const { return runtime::BreakStmt{}; }

  Node operator()(const plan::HostRun& run) const {
    runtime::RunStmt result{0, expr(run.steps), run.phase.value, {}};
    for (const plan::ResultBinding& binding : run.results)
      result.results.emplace_back(binding.observer.value, binding.variable.value);
    return result;
  }

  Node operator()(const plan::HostReset& reset) const {
    return runtime::ResetStmt{0, numbers_of(reset.columns), numbers_of(reset.kernels)};
  }
  Node operator()(const plan::HostClip& clip) const {
    return runtime::ClipStmt{numbers_of(clip.columns), expr(clip.low), expr(clip.high)};
  }
  Node operator()(const plan::HostNormalise& normalise) const {
    return runtime::NormaliseStmt{normalise.weights.value, normalise.per_post, expr(normalise.to)};
  }
  Node operator()(const plan::HostReplay& replay) const {
    const bool by_step = plan.streams[replay.stream].key == plan::Stream::Key::Step;
    return runtime::ReplayStmt{replay.tape.value, by_step, clock_of_reader(plan, replay.tape),
                               expr(replay.value)};
  }
  Node operator()(const plan::HostEvery& every) const {
    return runtime::EveryStmt{expr(every.count), expr(every.counter),
                              translate_body(plan, every.body)};
  }

  Node operator()(const plan::HostRecord& record) const {
    runtime::RecordStmt result{{}, translate_all(plan, record.cells)};
    for (const auto& column : plan.record_tables[record.table].columns)
      result.names.push_back(column.name);
    return result;
  }
  Node operator()(const plan::HostPlot& plot) const {
    const auto& columns = plan.record_tables[plot.table].columns;
    runtime::PlotStmt result;
    for (const auto& curve : plot.curves)
      result.curves.push_back({columns[curve.y].name, columns[curve.x].name, curve.logarithmic});
    return result;
  }
  Node operator()(const plan::HostPrint& print) const {
    return runtime::PrintStmt{translate_all(plan, print.parts), print.units};
  }
  Node operator()(const plan::HostExpect& expect) const {
    return runtime::ExpectStmt{expr(expect.actual), optional(expect.expected),
                               optional(expect.within)};
  }
};

runtime::HostBody translate_body(const plan::Plan& plan, const plan::HostBody& body) {
  runtime::HostBody result;
  for (const plan::HostStmt& stmt : body)
    result.push_back({std::visit(StatementTranslator{plan}, stmt.node), place_of(stmt.span)});
  return result;
}

// Returns the number of the statement that follows the body.
std::uint32_t number_statements(runtime::HostBody& body, std::uint32_t next) {
  for (runtime::HostStmt& statement : body) {
    const std::uint32_t own = next++;
    match(
        statement.node, [&](runtime::RunStmt& run) { run.number = own; },
        [&](runtime::ResetStmt& reset) { reset.number = own; },
        [&](runtime::ForStmt& loop) { next = number_statements(loop.body, next); },
        [&](runtime::EveryStmt& every) { next = number_statements(every.body, next); },
        [&](runtime::IfStmt& choice) {
          next = number_statements(choice.when_true, next);
          next = number_statements(choice.when_false, next);
        },
        [](auto&) {});
  }
  return next;
}

runtime::InitialInfo initial_of(const plan::Plan& plan, const plan::Column& column) {
  runtime::InitialInfo info;
  if (const auto* value = std::get_if<plan::HostExpr>(&column.initial))
    info.value.push_back(translate(plan, *value));
  if (const auto* kernel = std::get_if<plan::InitialKernel>(&column.initial)) {
    info.kernel = kernel->kernel.value;
    for (const plan::Read& read : plan.kernels[kernel->kernel].reads)
      info.reads.push_back(plan::column_behind(plan, read.what).value);
    info.clock = plan.circuits[plan.kernels[kernel->kernel].circuit].clock.value;
  }
  info.drawn = column.role == plan::Role::Threshold;
  return info;
}

void add_weights(const plan::Plan& plan, std::vector<runtime::NumbersInfo>& numbers) {
  for (const plan::Link& link : plan.links) {
    const auto* column = link.weight ? std::get_if<plan::ColumnId>(&*link.weight) : nullptr;
    if (column == nullptr || plan.columns[*column].role != plan::Role::Weight) continue;
    const auto circuit = plan::circuit_of(plan, plan.columns[*column]);
    BOUTON_CHECK(circuit.has_value(), "weights without a projection");
    numbers.push_back({column->value, plan.circuits[*circuit].clock.value, link.name, {}});
  }
}

void add_states(const plan::Plan& plan, std::vector<runtime::NumbersInfo>& numbers) {
  for (const plan::Population& population : plan.populations)
    for (const plan::ColumnId state : population.states)
      numbers.push_back({state.value, plan.circuits[population.circuit].clock.value,
                         population.name, plan::variable_name(plan.columns[state])});
}

runtime::FaultInfo fault_of(const plan::Plan& plan, const plan::Fault& fault) {
  using From = plan::Fault::Kind;
  using To = runtime::FaultInfo::Kind;
  static constexpr auto kKinds = std::to_array({
      std::pair(From::SpikeProbability, To::SpikeProbability),
      std::pair(From::SpikeRate, To::SpikeRate),
      std::pair(From::Input, To::Input),
      std::pair(From::Tape, To::Tape),
      std::pair(From::Duration, To::Duration),
  });
  const auto kind = std::ranges::find(kKinds, fault.kind, &decltype(kKinds)::value_type::first);
  runtime::FaultInfo info{kind->second, fault.of, fault.owner,
                          plan.precision == plan::Precision::Single, place_of(fault.span)};
  if (fault.tape) info.tape = fault.tape->value;
  return info;
}

runtime::ObserverInfo observer_of(const plan::Plan& plan, const plan::Observer& observer) {
  static constexpr auto kKinds = std::to_array({
      std::pair(plan::Observer::Kind::Samples, runtime::ObserverKind::Samples),
      std::pair(plan::Observer::Kind::Mean, runtime::ObserverKind::Mean),
      std::pair(plan::Observer::Kind::Sum, runtime::ObserverKind::Sum),
      std::pair(plan::Observer::Kind::Variance, runtime::ObserverKind::Variance),
      std::pair(plan::Observer::Kind::Minimum, runtime::ObserverKind::Minimum),
      std::pair(plan::Observer::Kind::Maximum, runtime::ObserverKind::Maximum),
      std::pair(plan::Observer::Kind::Last, runtime::ObserverKind::Last),
      std::pair(plan::Observer::Kind::Count, runtime::ObserverKind::Count),
      std::pair(plan::Observer::Kind::Spikes, runtime::ObserverKind::Spikes),
      std::pair(plan::Observer::Kind::StateHistogram, runtime::ObserverKind::StateHistogram),
  });
  runtime::ObserverInfo info;
  info.kind =
      std::ranges::find(kKinds, observer.kind, &decltype(kKinds)::value_type::first)->second;
  if (observer.event) {
    info.extents.push_back(length_of(plan, plan.events[*observer.event].axis));
  } else {
    for (const plan::AxisId axis : plan::axes_of(plan, observer.what->what))
      info.extents.push_back(length_of(plan, axis));
  }
  info.every = translate(plan, observer.every);
  info.after = translate(plan, observer.after);
  info.place = place_of(observer.span);
  return info;
}

runtime::PhaseInfo phase_of(const plan::Plan& plan, const plan::Phase& phase) {
  runtime::PhaseInfo info{phase.name, {}, {}};
  for (const plan::PhasePart& part : phase.parts) {
    runtime::PhasePartInfo& made = info.parts.emplace_back(plan.circuits[part.circuit].clock.value);
    for (const plan::Segment& segment : part.segments)
      made.segments.push_back({translate(plan, segment.from), segment.schedule.value});
  }
  for (const plan::Override& change : phase.overrides)
    info.overrides.push_back({change.column.value, translate(plan, change.value)});
  return info;
}

}  // namespace

runtime::Program build_program(const plan::Plan& plan, std::string source_directory) {
  runtime::Program program;
  program.name = plan.name;
  program.timestep = plan.timestep;
  program.source_directory = std::move(source_directory);
  for (const plan::HostVariable& variable : plan.variables)
    program.variables.push_back(variable.name);
  for (const plan::Column& column : plan.columns) {
    program.initials.push_back(initial_of(plan, column));
    program.missing.push_back(missing_synapses(plan, column.axes));
    program.positive.push_back(column.positive);
  }
  add_weights(plan, program.numbers);
  add_states(plan, program.numbers);
  for (const plan::Observer& observer : plan.observers)
    program.observers.push_back(observer_of(plan, observer));
  for (const plan::Phase& phase : plan.phases) program.phases.push_back(phase_of(plan, phase));
  for (const plan::Fault& fault : plan.faults) program.faults.push_back(fault_of(plan, fault));
  program.body = translate_body(plan, plan.host.body);
  static_cast<void>(number_statements(program.body, 0));
  return program;
}

}  // namespace bouton::image
