#include "compiler/lower/replay.h"

#include "compiler/lower/columns.h"

namespace bouton::lower {

namespace {

using elaborate::PopulationId;

std::optional<PopulationId> population_of(const Lowering& lowering, const model::Replay& replay) {
  const auto variable = variable_of(lowering.network, replay.what);
  if (!variable || variable->name != "spike") return std::nullopt;
  const auto* id = std::get_if<PopulationId>(&variable->owner);
  return id == nullptr ? std::nullopt : std::optional(*id);
}

void refuse_nested(Lowering& lowering, const model::Body& body) {
  for (const model::Stmt& stmt : body) {
    if (std::holds_alternative<model::Replay>(stmt.node))
      lowering.refuse(Unlowered::LateReplay, stmt.span);
    if (const auto* loop = std::get_if<model::For>(&stmt.node)) refuse_nested(lowering, loop->body);
    if (const auto* every = std::get_if<model::Every>(&stmt.node))
      refuse_nested(lowering, every->body);
    if (const auto* choice = std::get_if<model::If>(&stmt.node)) {
      refuse_nested(lowering, choice->when_true);
      refuse_nested(lowering, choice->when_false);
    }
  }
}

bool only_prepares(const model::Stmt& stmt) {
  return !std::holds_alternative<model::Run>(stmt.node) &&
         !std::holds_alternative<model::For>(stmt.node) &&
         !std::holds_alternative<model::If>(stmt.node) &&
         !std::holds_alternative<model::Every>(stmt.node);
}

void add_replay(Lowering& lowering, const model::Replay& replay, source::Span span, bool in_time) {
  const auto population = population_of(lowering, replay);
  if (!population) return lowering.refuse(Unlowered::NoiseReplay, span);
  if (!in_time) return lowering.refuse(Unlowered::LateReplay, span);
  lowering.replays[*population] = &replay;
}

}  // namespace

void find_replays(Lowering& lowering) {
  bool in_time = true;
  for (const model::Stmt& stmt : lowering.network.statements) {
    in_time = in_time && only_prepares(stmt);
    if (const auto* replay = std::get_if<model::Replay>(&stmt.node))
      add_replay(lowering, *replay, stmt.span, in_time);
    else
      refuse_nested(lowering, {stmt});
  }
}

void add_tape(Lowering& lowering, PopulationId id) {
  PopulationParts& parts = lowering.populations[id];
  const std::string name = lowering.network.populations[id].name + ".tape";
  // The runtime knows how many rows there are; the axis only tells rows from neurons.
  const plan::AxisId row = plan::add_ring_axis(lowering.plan, name + " rows", 1);
  const source::Span span = lowering.neuron_of(id).spike->span;
  Tape tape;
  tape.rows = add_column(
      lowering,
      {name, plan::kUniform, {row, parts.axis}, plan::Role::Tape, parts.population, {}, span});
  if (lowering.plan.streams[parts.stream].key == plan::Stream::Key::Ordinal)
    tape.count = add_column(
        lowering,
        {name + " length", plan::kI64, {}, plan::Role::Parameter, parts.population, {}, span});
  parts.tape = tape;
}

plan::HostBody lower_replay(Lowering& lowering, const model::Replay& replay, plan::HostExpr tape,
                            source::Span span) {
  plan::HostBody body;
  const auto population = population_of(lowering, replay);
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
