#include "compiler/check/read_body.h"

#include <array>

#include "compiler/check/close.h"
#include "compiler/check/declare.h"
#include "compiler/check/missing_synapses.h"
#include "compiler/check/network_names.h"
#include "compiler/check/quantity.h"
#include "compiler/check/record.h"
#include "compiler/check/statements.h"
#include "compiler/check/tied_weights.h"
#include "compiler/check/two_passes.h"

namespace bouton::check {

namespace {

using diagnostics::Kind;
using model::SymbolKind;

void connect_context(Context& context, BodyContext& body) {
  context.read_path = [&body](const ast::Expr& expr, Wanted, Context&) {
    return read_quantity(expr, body);
  };
  context.random_site = [&body](const ast::Call&, Context&) {
    return model::RandomSite{body.site, body.site_indices, body.calls_of_site[body.site]++};
  };
  context.on_average = [&body](const ast::Call& call) { warn_of_missing_synapses(call, body); };
}

void check_timestep_given(const BodyContext& body, model::SymbolId timestep) {
  if (body.kind == BodyKind::Circuit || body.timestep) return;
  auto& diagnostics = body.context.diagnostics;
  if (body.first_run)
    diagnostics.report(Kind::MissingTimestep, *body.first_run, {body.name})
        .hint("say for instance `timestep 1 ms`");
  else if (body.context.names.used(timestep))
    diagnostics.report(Kind::MissingTimestep, body.name_span, {body.name})
        .hint("say for instance `timestep 1 ms`");
}

Kind kind_of_unused(SymbolKind kind) {
  if (kind == SymbolKind::Phase) return Kind::PhaseNeverRuns;
  return kind == SymbolKind::Population ? Kind::PopulationWithoutEffect
                                        : Kind::CircuitWithoutEffect;
}

void warn_of_idle_parts(const BodyContext& body) {
  const Names& names = body.context.names;
  for (const model::SymbolId id : names.all()) {
    const SymbolKind kind = names[id].kind;
    const bool part = kind == SymbolKind::Phase || kind == SymbolKind::Population ||
                      kind == SymbolKind::CircuitInstance;
    if (part && !names.used(id))
      body.context.diagnostics.report(kind_of_unused(kind), names[id].span, {names[id].name});
  }
}

void warn_at_end(const BodyContext& body) {
  constexpr std::array kRead = {SymbolKind::Parameter, SymbolKind::Constant, SymbolKind::Variable,
                                SymbolKind::RunResult};
  warn_of_unused(kRead, body.context);
  if (body.kind == BodyKind::Circuit) return;
  warn_of_idle_parts(body);
  if (body.has_results) return;
  const Kind kind =
      body.kind == BodyKind::Verify ? Kind::VerifyWithoutExpect : Kind::ExperimentWithoutResults;
  body.context.diagnostics.report(kind, body.name_span, {body.name});
}

BodyContext begin_body(const BodySyntax& syntax, Context& context,
                       const ByName<CircuitInterface>& circuits, const model::Program& program) {
  return BodyContext{.context = context,
                     .kind = syntax.kind,
                     .name = syntax.name.text,
                     .name_span = syntax.name.span,
                     .circuits = circuits,
                     .program = program};
}

ReadBody read(const BodySyntax& syntax, Context& context, BodyContext& body) {
  const std::size_t errors = context.diagnostics.error_count();
  ReadBody result;
  result.timestep = context.names.declare("timestep", {}, SymbolKind::Timestep, real(units::kTime));
  if (syntax.kind != BodyKind::Circuit)
    result.elapsed =
        context.names.declare("elapsed", {}, SymbolKind::Elapsed, of_kind(model::Kind::Steps));
  if (syntax.parameters != nullptr) {
    DeclaredParameters declared = declare_parameters(*syntax.parameters, std::nullopt, context);
    result.parameters = std::move(declared.model);
    result.interface = std::move(declared.interface);
  }
  declare_network_names(syntax.block, body);
  result.body = check_block(syntax.block, body);
  close_names(body);
  check_timestep_given(body, result.timestep);
  check_curves(body);
  check_tie_loops(body);
  // What nothing reads may be a consequence of an error.
  if (context.diagnostics.error_count() == errors) warn_at_end(body);
  close_types(result.interface, body.network, context);
  result.network = std::move(body.network);
  result.timestep_value = std::move(body.timestep_value);
  result.scope = context.names.to_scope(context.solver);
  return result;
}

}  // namespace

ReadBody read_body(const BodySyntax& syntax, const Interfaces& interfaces,
                   const ByName<CircuitInterface>& circuits, diagnostics::Diagnostics& diagnostics,
                   const model::Program& program) {
  return read_twice(interfaces, diagnostics, Place::Experiment, [&](Context& context) {
    BodyContext body = begin_body(syntax, context, circuits, program);
    connect_context(context, body);
    return read(syntax, context, body);
  });
}

}  // namespace bouton::check
