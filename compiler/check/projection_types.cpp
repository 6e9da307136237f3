#include "compiler/check/projection_types.h"

#include <fmt/format.h>

#include "compiler/check/arguments.h"
#include "compiler/check/clauses.h"
#include "compiler/check/definition.h"
#include "compiler/check/rule_fields.h"

namespace bouton::check {

namespace {

using diagnostics::Kind;

std::vector<Variable> instantiate_variables(const std::vector<Variable>& variables,
                                            Instance& instance) {
  std::vector<Variable> copy = variables;
  for (Variable& variable : copy) variable.type = instantiate(variable.type, instance);
  return copy;
}

// The weight through a synapse type: its output is the target's input.
Type weight_through(const ast::Projection& projection, const ast::Via& via, const Type& input,
                    ProjectionPiece& piece, BodyContext& body) {
  const SynapseInterface* synapse = find_definition("synapse", via.synapse.definition,
                                                    body.context.interfaces.synapses, body.context);
  if (synapse == nullptr) return unknown_type();
  DimensionSolver& solver = body.context.solver;
  Instance instance(solver);
  piece.synapse = SynapseUse{synapse, instantiate_parameters(synapse->parameters, instance),
                             instantiate_variables(synapse->variables, instance)};
  const Type weight = instantiate(synapse->weight, instance);
  const Type output = instantiate(synapse->output, instance);
  if (is_unknown(input) || is_unknown(output)) return unknown_type();
  if (!solver.unify(output.dimension, input.dimension)) {
    body.context.diagnostics
        .report(Kind::SynapseDoesNotFitInput, via.synapse.span,
                {synapse->name, projection.name.text})
        .label(fmt::format("delivers {}", describe(output, solver)))
        .other(projection.target.span, fmt::format("the input is {}", describe(input, solver)))
        .other(synapse->span, "declared here");
    return unknown_type();
  }
  return weight;
}

// The weight of a continuous projection: input/variable.
Type weight_of_variable(const EndpointUse& source, const Type& input, BodyContext& body) {
  if (is_unknown(source.type) || is_unknown(input)) return unknown_type();
  if (!is_kind(source.type, model::Kind::Real)) {
    body.context.diagnostics.report(Kind::SourceIsNoNumber, source.span, {source.variable->text})
        .label(describe(source.type, body.context.solver));
    return unknown_type();
  }
  return real(input.dimension / source.type.dimension);
}

Type weight_of(const ast::Projection& projection, const Clauses& clauses,
               const std::optional<EndpointUse>& source, const std::optional<EndpointUse>& target,
               ProjectionPiece& piece, BodyContext& body) {
  const Type input = target ? target->type : unknown_type();
  if (clauses.via != nullptr) {
    const Type weight = weight_through(projection, *clauses.via, input, piece, body);
    if (source && source->variable != nullptr)
      body.context.diagnostics
          .report(Kind::ViaOfVariable, clauses.via->synapse.span, {projection.name.text})
          .other(source->variable->span, "a continuous variable")
          .hint("leave out `via`, or the variable to send spikes");
    return weight;
  }
  if (!source) return unknown_type();
  if (source->variable != nullptr) return weight_of_variable(*source, input, body);
  body.context.diagnostics
      .report(Kind::SpikesWithoutVia, projection.name.span, {projection.name.text})
      .other(source->span, "sends spikes")
      .hint("say `via` and a synapse type, or send a variable");
  return unknown_type();
}

bool is_sparse(const Clauses& clauses) {
  if (clauses.connect == nullptr) return false;
  return !std::holds_alternative<ast::ConnectAll>(clauses.connect->how) &&
         !std::holds_alternative<ast::ConnectOneToOne>(clauses.connect->how);
}

std::optional<source::Span> find_gaps(const Clauses& clauses) {
  if (clauses.no_self != nullptr) return clauses.no_self_span;
  const bool one_to_one = clauses.connect != nullptr &&
                          std::holds_alternative<ast::ConnectOneToOne>(clauses.connect->how);
  return one_to_one ? std::optional(clauses.connect_span) : std::nullopt;
}

// What every projection has may only be named by the projection itself.
bool check_rule_name(const RuleUse& rule, const ProjectionPiece& piece, BodyContext& body) {
  auto& diagnostics = body.context.diagnostics;
  for (const RuleUse& other : piece.rules) {
    if (other.name != rule.name) continue;
    diagnostics.report(Kind::RuleNamedTwice, rule.span, {piece.syntax->name.text, rule.name})
        .other(other.span, "first named here")
        .hint(fmt::format("give it a name: `learning {}_2 = …`", rule.name));
    return false;
  }
  const bool taken =
      rule.name == "w" || rule.name == "synapses" ||
      (piece.synapse && find_variable(piece.synapse->variables, rule.name) != nullptr);
  if (taken)
    diagnostics.report(Kind::RuleNameTaken, rule.span, {rule.name, piece.syntax->name.text})
        .hint("give it another name");
  return !taken;
}

void add_rule(const ast::Learning& learning, ProjectionPiece& piece,
              const std::optional<EndpointUse>& source, const std::optional<EndpointUse>& target,
              BodyContext& body) {
  const RuleInterface* rule = find_definition("rule", learning.rule.definition,
                                              body.context.interfaces.rules, body.context);
  const ast::Identifier& name = learning.name ? *learning.name : learning.rule.definition;
  if (rule == nullptr) return;
  Instance instance(body.context.solver);
  RuleUse use{name.text, name.span, rule, instantiate_parameters(rule->parameters, instance),
              instantiate_variables(rule->variables, instance)};
  const bool has_own_name = check_rule_name(use, piece, body);
  fit_rule(use, learning, piece, source, target, instance, body);
  if (has_own_name) piece.rules.push_back(std::move(use));
}

}  // namespace

ProjectionPiece build_projection_types(const ast::Projection& projection, BodyContext& body) {
  const Clauses clauses = sort_clauses(projection, body.context.diagnostics);
  ProjectionPiece piece;
  piece.syntax = &projection;
  piece.sparse = is_sparse(clauses);
  piece.tied = clauses.tied != nullptr;
  if (!piece.sparse) piece.gaps = find_gaps(clauses);
  const auto source = resolve_source(projection, body);
  const auto target = resolve_target(projection, body);
  piece.weight = weight_of(projection, clauses, source, target, piece, body);
  for (const ast::Learning* learning : clauses.learning)
    add_rule(*learning, piece, source, target, body);
  return piece;
}

}  // namespace bouton::check
