#include "compiler/check/sweep.h"

#include <fmt/format.h>

#include "compiler/base/match.h"
#include "compiler/check/convert.h"
#include "compiler/check/expr.h"
#include "compiler/check/two_passes.h"
#include "compiler/diagnostics/suggest.h"

namespace bouton::check {

namespace {

using diagnostics::Kind;

std::optional<model::ExperimentId> find_experiment(const ast::Identifier& name,
                                                   const model::Program& program,
                                                   diagnostics::Diagnostics& diagnostics) {
  std::vector<std::string> known;
  for (const model::ExperimentId id : program.experiments.ids()) {
    const model::Experiment& experiment = program.experiments[id];
    if (experiment.is_verify) continue;
    if (experiment.name == name.text) return id;
    known.push_back(experiment.name);
  }
  diagnostics.report(Kind::UnknownDefinition, name.span, {"experiment", name.text})
      .hint(diagnostics::suggest_hint(name.text, known));
  return std::nullopt;
}

std::optional<model::SymbolId> find_parameter(const ast::Identifier& name,
                                              const model::Experiment& experiment,
                                              Context& context) {
  std::vector<std::string> known;
  for (const model::Parameter& parameter : experiment.parameters) {
    const model::Symbol& symbol = experiment.scope[parameter.symbol];
    if (symbol.name == name.text) return parameter.symbol;
    known.push_back(symbol.name);
  }
  context.diagnostics
      .report(Kind::UnknownArgument, name.span,
              {fmt::format("experiment `{}`", experiment.name), name.text})
      .other(experiment.span, "declared here")
      .hint(diagnostics::suggest_or_list(name.text, known));
  return std::nullopt;
}

// The values of an axis are a sequence of what the parameter holds.
void check_axis_type(const Typed& values, const model::Symbol& parameter, Context& context) {
  const auto element = element_of(values.type);
  if (!element) {
    context.diagnostics.report(Kind::NoSequence, values.expr.span,
                               {describe(values.type, context.solver)});
    return;
  }
  if (is_unknown(*element)) return;
  Type place = of_kind(parameter.type.kind, parameter.type.rank);
  place.dimension = parameter.type.dimension;
  const bool same_kind = element->kind == place.kind;
  const bool same_rank = !element->rank || !place.rank || *element->rank == *place.rank;
  const bool same_dimension = !is_kind(place, model::Kind::Real) || parameter.type.generic ||
                              context.solver.unify(element->dimension, place.dimension);
  if (same_kind && same_rank && same_dimension) return;
  context.diagnostics
      .report(Kind::WrongType, values.expr.span,
              {fmt::format("each value of `{}`", parameter.name), describe(place, context.solver),
               describe(*element, context.solver)})
      .other(parameter.span, "declared here");
}

struct SweepReading {
  const ast::Sweep& syntax;
  const model::Experiment& experiment;
  Context& context;
  model::Sweep& sweep;
};

void check_axis(const ast::SweepAxis& axis, const ast::SweepItem& item, SweepReading& reading) {
  Context& context = reading.context;
  const auto parameter = find_parameter(axis.parameter, reading.experiment, context);
  Typed values = to_time(check_expr(axis.values, context), context);
  if (!parameter) return;
  for (const model::SweepAxis& other : reading.sweep.axes)
    if (other.parameter == *parameter)
      context.diagnostics.report(Kind::DuplicateName, axis.parameter.span, {axis.parameter.text})
          .other(other.span, "first swept here");
  check_axis_type(values, reading.experiment.scope[*parameter], context);
  reading.sweep.axes.push_back({item.span, *parameter, std::move(values.expr)});
}

void check_seeds(const ast::SweepSeeds& seeds, const ast::SweepItem& item, SweepReading& reading) {
  if (reading.sweep.seeds)
    reading.context.diagnostics
        .report(Kind::DuplicateItem, item.span,
                {fmt::format("sweep `{}`", reading.syntax.name.text), "seeds"})
        .other(reading.sweep.seeds->span, "first given here");
  Typed count = check_as(seeds.count, real(units::kNone), "the number of seeds", reading.context);
  reading.sweep.seeds = std::move(count.expr);
}

}  // namespace

std::optional<model::Sweep> check_sweep(const ast::Sweep& syntax, const Interfaces& interfaces,
                                        diagnostics::Diagnostics& diagnostics,
                                        const model::Program& program) {
  const auto experiment = find_experiment(syntax.experiment, program, diagnostics);
  if (!experiment) return std::nullopt;
  return read_twice(interfaces, diagnostics, Place::Experiment, [&](Context& context) {
    model::Sweep sweep;
    sweep.name = syntax.name.text;
    sweep.span = syntax.name.span;
    sweep.experiment = *experiment;
    SweepReading reading{syntax, program.experiments[*experiment], context, sweep};
    for (const ast::SweepItem& item : syntax.items)
      match(
          item.node, [&](const ast::SweepAxis& axis) { check_axis(axis, item, reading); },
          [&](const ast::SweepSeeds& seeds) { check_seeds(seeds, item, reading); });
    sweep.scope = context.names.to_scope(context.solver);
    return sweep;
  });
}

}  // namespace bouton::check
