#include "compiler/lower/replay.h"

#include "compiler/lower/columns.h"
#include "compiler/lower/family.h"

namespace bouton::lower {

namespace {

using elaborate::PopulationId;

std::optional<PopulationId> population_of(const Lowering& lowering, const model::Quantity& what) {
  const auto variable = variable_of(lowering.network, what);
  if (!variable || variable->name != "spike") return std::nullopt;
  const auto* id = std::get_if<PopulationId>(&variable->owner);
  return id == nullptr ? std::nullopt : std::optional(*id);
}

bool only_prepares(const model::Stmt& stmt) {
  return !std::holds_alternative<model::Run>(stmt.node) &&
         !std::holds_alternative<model::For>(stmt.node) &&
         !std::holds_alternative<model::If>(stmt.node) &&
         !std::holds_alternative<model::Every>(stmt.node);
}

class ReplayFinder {
 public:
  explicit ReplayFinder(Lowering& lowering) : lowering_(lowering) {}

  void visit(const model::Body& body) {
    for (const model::Stmt& stmt : body) {
      if (!only_prepares(stmt)) time_ = ReplayTime::Late;
      visit(stmt);
    }
  }

 private:
  void visit(const model::Stmt& stmt) {
    if (const auto* replay = std::get_if<model::Replay>(&stmt.node)) visit(*replay, stmt.span);
    if (const auto* loop = std::get_if<model::For>(&stmt.node)) visit(loop->body);
    if (const auto* every = std::get_if<model::Every>(&stmt.node)) visit(every->body);
    if (const auto* choice = std::get_if<model::If>(&stmt.node)) {
      visit(choice->when_true);
      visit(choice->when_false);
    }
  }

  // Which of several members is replayed is a branch, too.
  void visit(const model::Replay& replay, source::Span span) {
    if (!is_open(replay.what)) return add(replay.what, time_, span);
    for (const model::Quantity& member : members_of(lowering_.network, replay.what))
      add(member, ReplayTime::Late, span);
  }

  void add(const model::Quantity& what, ReplayTime time, source::Span span) {
    const auto population = population_of(lowering_, what);
    if (!population) return lowering_.refuse(Unlowered::NoiseReplay, span);
    ReplayTime& known = lowering_.replays.try_emplace(*population, time).first->second;
    if (time == ReplayTime::Late) known = time;
  }

  Lowering& lowering_;
  ReplayTime time_ = ReplayTime::BeforeAllRuns;
};

}  // namespace

void find_replays(Lowering& lowering) { ReplayFinder(lowering).visit(lowering.network.statements); }

void add_tape(Lowering& lowering, PopulationId id) {
  PopulationParts& parts = lowering.populations[id];
  const std::string name = lowering.network.populations[id].name + ".tape";
  // The runtime knows how many rows there are; the axis only tells rows from neurons.
  const plan::AxisId row = plan::add_ring_axis(lowering.plan, name + " rows", 1);
  const source::Span span = lowering.neuron_of(id).spike->span;
  Tape tape;
  tape.rows = add_column(
      lowering,
      {name, plan::kDouble, {row, parts.axis}, plan::Role::Tape, parts.population, {}, span});
  const bool late = lowering.replays.at(id) == ReplayTime::Late;
  if (late || lowering.plan.streams[parts.stream].key == plan::Stream::Key::Ordinal)
    tape.count = add_column(lowering, {name + " length",
                                       plan::kI64,
                                       {},
                                       plan::Role::Parameter,
                                       parts.population,
                                       late ? plan::Initial(plan::whole(-1)) : plan::Initial(),
                                       span});
  parts.tape = tape;
}

plan::HostBody lower_replay(Lowering& lowering, const model::Replay& replay, plan::HostExpr tape,
                            source::Span span) {
  plan::HostBody body;
  const auto population = population_of(lowering, replay.what);
  if (!population || !lowering.populations[*population].tape) return body;
  const PopulationParts& parts = lowering.populations[*population];
  if (!parts.tape->count) {
    body.push_back({plan::HostReplay{parts.stream, parts.tape->rows, std::move(tape)}, span});
    return body;
  }
  const plan::HostVariableId rows =
      lowering.plan.variables.add({"tape", {plan::HostKind::Real, 2}, plan::Sharing::PerLane, {}});
  plan::HostExpr numbers = plan::variable(rows);
  numbers.span = tape.span;
  body.push_back({plan::HostLet{rows, std::move(tape)}, span});
  body.push_back({plan::HostReplay{parts.stream, parts.tape->rows, std::move(numbers)}, span});
  body.push_back(
      {plan::HostAssign{*parts.tape->count, {}, plan::call("length", {plan::variable(rows)})},
       span});
  return body;
}

}  // namespace bouton::lower
