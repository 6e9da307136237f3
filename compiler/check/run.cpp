#include "compiler/check/run.h"

#include <fmt/format.h>

#include "compiler/base/match.h"
#include "compiler/check/expr.h"
#include "compiler/check/names_in_words.h"
#include "compiler/check/observation.h"
#include "compiler/diagnostics/suggest.h"

namespace bouton::check {

namespace {

using diagnostics::Kind;
using model::SymbolKind;

// A name of the given kind; reports an unknown name and one of another kind.
std::optional<model::SymbolId> find_of_kind(const std::string& name, source::Span span,
                                            SymbolKind kind, BodyContext& body) {
  Names& names = body.context.names;
  const auto symbol = names.find(name);
  if (!symbol) {
    body.context.diagnostics.report(Kind::UnknownName, span, {name})
        .hint(diagnostics::suggest_hint(name, names.visible_names()));
    return std::nullopt;
  }
  names.mark_used(*symbol);
  if (names[*symbol].kind == kind) return symbol;
  auto report = body.context.diagnostics.report(
      Kind::WrongKindOfName, span,
      {name, std::string(describe(names[*symbol].kind)), std::string(describe(kind))});
  if (names[*symbol].span.end > 0) report.other(names[*symbol].span, "declared here");
  return std::nullopt;
}

std::optional<model::SymbolId> check_circuit_of(const ast::Expr& expr, BodyContext& body) {
  if (const auto* name = std::get_if<ast::Name>(&expr.node))
    return find_of_kind(name->name.text, expr.span, SymbolKind::CircuitInstance, body);
  body.context.diagnostics.report(Kind::RunOfOther, expr.span);
  return std::nullopt;
}

}  // namespace

void check_timestep(const ast::Timestep& timestep, BodyContext& body) {
  auto& diagnostics = body.context.diagnostics;
  Typed duration = check_duration(timestep.duration, "`timestep`", body.context);
  const bool in_block = !body.loops.empty() || body.branches > 0;
  if (in_block)
    diagnostics.report(Kind::TimestepInBlock, timestep.duration.span)
        .hint("choose by an expression: `timestep if fine: 0.1 ms else: 1 ms`");
  if (body.timestep && !in_block)
    diagnostics.report(Kind::SecondTimestep, timestep.duration.span)
        .other(*body.timestep, "first given here");
  if (body.timestep) return;
  if (body.first_run)
    diagnostics.report(Kind::TimestepAfterRun, timestep.duration.span)
        .other(*body.first_run, "the first run");
  body.timestep = timestep.duration.span;
  body.timestep_value = std::move(duration.expr);
}

std::optional<model::Run> check_run(const ast::Run& run, BodyContext& body) {
  model::Run result;
  result.duration = check_duration(run.duration, "the duration of a run", body.context).expr;
  if (run.circuit) result.circuit = check_circuit_of(*run.circuit, body);
  match(
      run.mode, [](std::monostate) {}, [&](const ast::Frozen&) { result.frozen = true; },
      [&](const ast::Identifier& phase) {
        result.phase = find_of_kind(phase.text, phase.span, SymbolKind::Phase, body);
      });
  if (!body.first_run) body.first_run = run.duration.span;
  if (run.observing) result.observing = check_observing(*run.observing, body);
  return result;
}

}  // namespace bouton::check
