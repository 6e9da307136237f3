// The experiment's statements, one after the other.
#include <algorithm>
#include <cmath>
#include <utility>

#include "compiler/base/match.h"
#include "compiler/elaborate/array_expr.h"
#include "compiler/interpret/machine.h"
#include "runtime/analysis/render_table.h"
#include "runtime/tensor/access.h"

namespace bouton::interpret {

namespace {

using runtime::Value;

Flow bind(model::SymbolId symbol, const model::Expr& expr, Machine& machine) {
  auto value = elaborate::evaluate(expr, machine.environment);
  if (!value) return machine.fail(value.problem());
  machine.set(symbol, *std::move(value));
  return Flow::Next;
}

// `for (x, y) in …`: each name takes one part of the item.
std::optional<Problem> bind_item(const model::For& loop, const Value& item, Machine& machine) {
  if (loop.symbols.size() == 1) {
    machine.set(loop.symbols.front(), item);
    return std::nullopt;
  }
  const auto count = runtime::length_of(item);
  if (!count || *count != loop.symbols.size())
    return problem_at(loop.sequence.span,
                      runtime::wrong_parts(runtime::describe(item), loop.symbols.size()));
  for (std::size_t i = 0; i < loop.symbols.size(); ++i) {
    auto part = runtime::item_of(item, i);
    if (!part) return Problem{loop.sequence.span, part.error().message, ""};
    machine.set(loop.symbols[i], *std::move(part));
  }
  return std::nullopt;
}

double loop_value(const Value& item, std::size_t position) {
  const auto* tensor = item.as<runtime::Tensor>();
  return tensor != nullptr && tensor->is_scalar() ? tensor->scalar()
                                                  : static_cast<double>(position);
}

// One turn of a loop, with its names bound.
Flow execute_turn(const model::For& loop, const Value& item, std::size_t position,
                  std::size_t turns, Machine& machine) {
  if (machine.look() == Flow::Stop) return Flow::Stop;
  if (const auto problem = bind_item(loop, item, machine)) return machine.fail(*problem);
  const Position around = std::exchange(machine.position, machine.position.part(position, turns));
  machine.loop_values.push_back(loop_value(item, position));
  const Flow flow = execute_body(loop.body, machine);
  machine.loop_values.pop_back();
  machine.position = around;
  return flow;
}

Flow execute_for_range(const model::For& loop, const model::Range& ends, Machine& machine) {
  const auto range = elaborate::evaluate_ends(ends, loop.sequence.span, machine.environment);
  if (!range) return machine.fail(range.problem());
  for (std::size_t i = 0; i < range->count; ++i) {
    const Flow flow = execute_turn(loop, Value((*range)[i]), i, range->count, machine);
    if (flow != Flow::Next) return flow == Flow::Stop ? flow : Flow::Next;
  }
  return Flow::Next;
}

Flow execute_for(const model::For& loop, Machine& machine) {
  if (const auto* range = std::get_if<model::Range>(&loop.sequence.node))
    return execute_for_range(loop, *range, machine);
  const auto sequence = elaborate::evaluate(loop.sequence, machine.environment);
  if (!sequence) return machine.fail(sequence.problem());
  const auto count = runtime::length_of(*sequence);
  if (!count) return machine.fail({loop.sequence.span, count.error().message, ""});
  for (std::size_t i = 0; i < *count; ++i) {
    const auto item = runtime::item_of(*sequence, i);
    if (!item) return machine.fail({loop.sequence.span, item.error().message, ""});
    const Flow flow = execute_turn(loop, *item, i, *count, machine);
    if (flow != Flow::Next) return flow == Flow::Stop ? flow : Flow::Next;
  }
  return Flow::Next;
}

Flow execute_if(const model::If& choice, Machine& machine) {
  const auto condition = elaborate::evaluate_condition(choice.condition, machine.environment);
  if (!condition) return machine.fail(condition.problem());
  return execute_body(*condition ? choice.when_true : choice.when_false, machine);
}

Flow execute_every(const model::Every& every, Machine& machine) {
  const auto count = elaborate::evaluate_whole(every.count, machine.environment);
  if (!count) return machine.fail(count.problem());
  if (*count < 1) return machine.fail(every.count.span, runtime::every_too_small(*count));
  BOUTON_CHECK(!machine.loop_values.empty(), "check has found the loop around `every`");
  if (std::fmod(machine.loop_values.back(), static_cast<double>(*count)) != 0.0) return Flow::Next;
  return execute_body(every.body, machine);
}

Flow execute_record(const model::Record& record, Machine& machine) {
  std::vector<runtime::RecordedValue> row;
  for (const model::RecordColumn& column : record.columns) {
    auto value = elaborate::evaluate(column.value, machine.environment);
    if (!value) return machine.fail(value.problem());
    row.push_back({column.name, *std::move(value)});
  }
  const std::size_t table = runtime::record_row(machine.results.recorded, std::move(row));
  if (machine.recorded) machine.recorded(machine.results.recorded.tables[table]);
  return Flow::Next;
}

Flow execute_print(const model::Print& print, Machine& machine) {
  std::string line;
  for (const model::Expr& part : print.parts) {
    const auto value = elaborate::evaluate(part, machine.environment);
    if (!value) return machine.fail(value.problem());
    line += runtime::render_printed(*value, model::unit_of(part.type));
  }
  machine.results.printed.push_back(std::move(line));
  return Flow::Next;
}

Flow execute(const model::Stmt& stmt, Machine& machine) {
  const auto declared = [](const auto&) { return Flow::Next; };  // taken out by elaboration
  return match(
      stmt.node, [&](const model::PopulationDecl& d) { return declared(d); },
      [&](const model::ProjectionDecl& d) { return declared(d); },
      [&](const model::CircuitInstance& d) { return declared(d); },
      [&](const model::PhaseDecl& d) { return declared(d); },
      [&](const model::Learn& d) { return declared(d); },
      [&](const model::Silence& d) { return declared(d); },
      [&](const model::Let& let) { return bind(let.symbol, let.value, machine); },
      [&](const model::Var& var) { return bind(var.symbol, var.value, machine); },
      [&](const model::Assign& assign) { return execute_assign(assign, machine); },
      [&](const model::For& loop) { return execute_for(loop, machine); },
      [&](const model::If& choice) { return execute_if(choice, machine); },
      [&](const model::Break&) { return Flow::Break; },
      [&](const model::Run& run) { return execute_run(run, stmt.span, machine); },
      [&](const model::Reset& reset) { return execute_reset(reset, machine); },
      [&](const model::Clip& clip) { return execute_clip(clip, machine); },
      [&](const model::Normalise& normalise) { return execute_normalise(normalise, machine); },
      [&](const model::Every& every) { return execute_every(every, machine); },
      [&](const model::Record& record) { return execute_record(record, machine); },
      [&](const model::Plot& plot) {
        machine.results.plots.push_back(plot);
        return Flow::Next;
      },
      [&](const model::Print& print) { return execute_print(print, machine); },
      [&](const model::Replay& replay) { return execute_replay(replay, stmt.span, machine); },
      [&](const model::Expect& expect) { return execute_expect(expect, stmt.span, machine); });
}

bool has_run(const model::Body& body);

bool has_run(const model::Stmt& stmt) {
  if (std::holds_alternative<model::Run>(stmt.node)) return true;
  if (const auto* loop = std::get_if<model::For>(&stmt.node)) return has_run(loop->body);
  if (const auto* every = std::get_if<model::Every>(&stmt.node)) return has_run(every->body);
  const auto* choice = std::get_if<model::If>(&stmt.node);
  return choice != nullptr && (has_run(choice->when_true) || has_run(choice->when_false));
}

bool has_run(const model::Body& body) {
  return std::ranges::any_of(body, [](const model::Stmt& stmt) { return has_run(stmt); });
}

bool is_loop_of_runs(const model::Stmt& stmt) {
  return std::holds_alternative<model::For>(stmt.node) && has_run(stmt);
}

}  // namespace

// Most of an experiment is its loops, else its runs: for the position other statements take no
// time.
Flow execute_body(const model::Body& body, Machine& machine) {
  const bool loops = std::ranges::any_of(body, is_loop_of_runs);
  const auto takes_time = [&](const model::Stmt& stmt) {
    return loops ? is_loop_of_runs(stmt) : has_run(stmt);
  };
  const auto parts = static_cast<std::size_t>(std::ranges::count_if(body, takes_time));
  const Position around = machine.position;
  std::size_t part = 0;
  Flow flow = Flow::Next;
  for (const model::Stmt& stmt : body) {
    if (machine.look() == Flow::Stop) return Flow::Stop;
    machine.position =
        takes_time(stmt) ? around.part(part++, parts) : Position{machine.position.done, 0};
    flow = execute(stmt, machine);
    if (flow != Flow::Next) break;
  }
  machine.position = around;
  return flow;
}

}  // namespace bouton::interpret
