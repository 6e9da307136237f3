#include "compiler/check/rule_fields.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/base/match.h"
#include "compiler/check/rule_facts.h"
#include "compiler/diagnostics/suggest.h"

namespace bouton::check {

namespace {

using diagnostics::Kind;

// A rule at its projection, for messages.
struct Fitting {
  const RuleUse& use;
  const ast::Learning& learning;
  const ProjectionPiece& piece;
  BodyContext& body;
};

void fit_weight(const Fitting& fitting, Instance& instance) {
  DimensionSolver& solver = fitting.body.context.solver;
  const Type weight = instantiate(fitting.use.rule->weight, instance);
  if (is_unknown(fitting.piece.weight) || is_unknown(weight)) return;
  if (solver.unify(weight.dimension, fitting.piece.weight.dimension)) return;
  fitting.body.context.diagnostics
      .report(Kind::RuleDoesNotFitWeight, fitting.learning.rule.span,
              {fitting.use.rule->name, fitting.piece.syntax->name.text})
      .label(fmt::format("`w` of the rule is {}", describe(weight, solver)))
      .other(fitting.piece.syntax->name.span,
             fmt::format("`w` of the projection is {}", describe(fitting.piece.weight, solver)))
      .other(fitting.use.rule->span, "declared here");
}

const char* side_name(model::Side side) { return side == model::Side::Pre ? "pre" : "post"; }

// What the neuron declares comes first.
std::vector<std::string> names_to_read(const NeuronInterface& neuron) {
  const auto predefined_kinds = {model::SymbolKind::SinceSpike, model::SymbolKind::Spiked,
                                 model::SymbolKind::SpikeProbability};
  std::vector<std::string> declared, predefined;
  for (const Variable& variable : neuron.variables)
    (std::ranges::find(predefined_kinds, variable.kind) != predefined_kinds.end() ? predefined
                                                                                  : declared)
        .push_back(variable.name);
  declared.insert(declared.end(), predefined.begin(), predefined.end());
  return declared;
}

void report_missing_field(const Fitting& fitting, const FieldInterface& field,
                          const NeuronInterface& neuron) {
  fitting.body.context.diagnostics
      .report(Kind::RuleFieldMissing, fitting.learning.rule.span,
              {fitting.use.rule->name, fitting.piece.syntax->name.text, side_name(field.side),
               field.name, neuron.name})
      .other(field.span, "read here")
      .other(neuron.span, fmt::format("neuron `{}`", neuron.name))
      .hint(diagnostics::suggest_or_list(field.name, names_to_read(neuron)));
}

void fit_field_type(const Fitting& fitting, const FieldInterface& field, const Type& wanted,
                    const Type& offered, const NeuronInterface& neuron) {
  DimensionSolver& solver = fitting.body.context.solver;
  if (is_unknown(wanted) || is_unknown(offered)) return;
  const bool real_kind = is_kind(wanted, model::Kind::Real);
  const bool same_kind = wanted.kind == offered.kind;
  if (same_kind && (!real_kind || solver.unify(wanted.dimension, offered.dimension))) return;
  fitting.body.context.diagnostics
      .report(Kind::RuleFieldType, fitting.learning.rule.span,
              {fitting.use.rule->name, fitting.piece.syntax->name.text, side_name(field.side),
               field.name})
      .other(field.span, fmt::format("read as {}", describe(wanted, solver)))
      .other(neuron.span,
             fmt::format("in neuron `{}` it is {}", neuron.name, describe(offered, solver)));
}

void check_previous(const Fitting& fitting, const FieldInterface& field,
                    const NeuronInterface& neuron) {
  const auto& lacking = neuron.without_previous;
  const model::Rule& rule = fitting.body.program.rules[fitting.use.rule->id];
  if (!reads_last_value(rule, field.side, field.name) ||
      std::find(lacking.begin(), lacking.end(), field.name) == lacking.end())
    return;
  fitting.body.context.diagnostics
      .report(Kind::RuleFieldWithoutPrevious, fitting.learning.rule.span,
              {fitting.use.rule->name, side_name(field.side), field.name, neuron.name})
      .other(field.span, "its last value is read here")
      .other(neuron.span, fmt::format("neuron `{}`", neuron.name))
      .hint(fmt::format("say `, initially e` where `{}` is defined", field.name));
}

void fit_field(const Fitting& fitting, const FieldInterface& field, const EndpointUse& partner,
               Instance& instance) {
  const Type wanted = instantiate(field.type, instance);
  bool found = false;
  for (const PopulationPiece* piece : partner.pieces) {
    const Variable* variable = find_variable(piece->neuron->variables, field.name);
    if (variable == nullptr) continue;
    found = true;
    fit_field_type(fitting, field, wanted, variable->type, *piece->neuron);
    check_previous(fitting, field, *piece->neuron);
  }
  if (!found && !partner.pieces.empty())
    report_missing_field(fitting, field, *partner.pieces.front()->neuron);
}

void check_spikes(const Fitting& fitting, model::Side side, const EndpointUse& partner) {
  for (const PopulationPiece* piece : partner.pieces)
    if (piece->neuron->spikes) return;
  if (partner.pieces.empty()) return;
  const NeuronInterface& neuron = *partner.pieces.front()->neuron;
  fitting.body.context.diagnostics
      .report(
          Kind::RuleNeedsSpikes, fitting.learning.rule.span,
          {fitting.use.rule->name, fitting.piece.syntax->name.text, side_name(side), neuron.name})
      .other(fitting.use.rule->span, "declared here")
      .other(neuron.span, "declared here without `spike`");
}

void check_tied(const Fitting& fitting, const model::Rule& rule) {
  if (!fitting.piece.tied || !writes_weight(rule)) return;
  fitting.body.context.diagnostics
      .report(Kind::TiedWeightsLearn, fitting.learning.rule.span,
              {fitting.piece.syntax->name.text, fitting.use.rule->name})
      .other(fitting.use.rule->span, "this rule changes `w`")
      .hint("let the projection it is tied to learn");
}

}  // namespace

void fit_rule(const RuleUse& use, const ast::Learning& learning, const ProjectionPiece& piece,
              const std::optional<EndpointUse>& source, const std::optional<EndpointUse>& target,
              Instance& instance, BodyContext& body) {
  const Fitting fitting{use, learning, piece, body};
  fit_weight(fitting, instance);
  for (const FieldInterface& field : use.rule->fields) {
    const auto& partner = field.side == model::Side::Pre ? source : target;
    if (partner) fit_field(fitting, field, *partner, instance);
  }
  const model::Rule& rule = body.program.rules[use.rule->id];
  if (source && waits_for(rule, model::Side::Pre)) check_spikes(fitting, model::Side::Pre, *source);
  if (target && waits_for(rule, model::Side::Post))
    check_spikes(fitting, model::Side::Post, *target);
  check_tied(fitting, rule);
}

}  // namespace bouton::check
