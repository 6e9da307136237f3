#include "compiler/check/locality.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "compiler/base/match.h"
#include "compiler/check/rule_locality.h"
#include "compiler/model/builtins.h"

namespace bouton::check {

namespace {

// One circuit or experiment while its statements are gone through.
struct Place {
  const model::Program& program;
  const std::string& name;
  const model::Scope& scope;
  LocalityReport& report;
  std::map<model::SymbolId, model::CircuitId> instances;
  std::vector<DeclaredIf> conditions{};  // around the statement
};

std::string spell(const model::Expr& expr, const Place& place);

const char* spell(model::BinaryOp op) {
  switch (op) {
    case model::BinaryOp::Add:
      return "+";
    case model::BinaryOp::Subtract:
      return "-";
    case model::BinaryOp::Multiply:
      return " * ";
    case model::BinaryOp::Divide:
      return " / ";
    default:
      return " … ";
  }
}

std::string spell(const model::Quantity& quantity, const Place& place) {
  std::string name;
  const model::Scope* scope = &place.scope;
  if (quantity.circuit) {
    name = place.scope[*quantity.circuit].name + ".";
    scope = &place.program.circuits[place.instances.at(*quantity.circuit)].scope;
  }
  name += (*scope)[quantity.owner].name;
  for (const model::Expr& index : quantity.family_indices) name += "[" + spell(index, place) + "]";
  if (quantity.rule) name += "." + *quantity.rule;
  return name + "." + quantity.variable;
}

std::string spell(const model::Call& call, const Place& place) {
  const auto* builtin = std::get_if<model::BuiltinId>(&call.callee);
  const std::string_view name = builtin == nullptr ? "…" : model::builtin(*builtin).name;
  std::vector<std::string> arguments;
  for (const model::Expr& argument : call.arguments) arguments.push_back(spell(argument, place));
  return fmt::format("{}({})", name, fmt::join(arguments, ", "));
}

// The expressions that ties and indices are made of; anything else is left out.
std::string spell(const model::Expr& expr, const Place& place) {
  if (const auto* number = std::get_if<model::Number>(&expr.node))
    return fmt::format("{}", number->value);
  if (const auto* ref = std::get_if<model::Ref>(&expr.node)) return place.scope[ref->symbol].name;
  if (const auto* unary = std::get_if<model::Unary>(&expr.node))
    return "-" + spell(*unary->operand, place);
  if (const auto* binary = std::get_if<model::Binary>(&expr.node))
    return spell(*binary->left, place) + spell(binary->op) + spell(*binary->right, place);
  if (const auto* range = std::get_if<model::Range>(&expr.node))
    return spell(*range->first, place) + " .. " + spell(*range->last, place);
  if (const auto* call = std::get_if<model::Call>(&expr.node)) return spell(*call, place);
  if (const auto* quantity = std::get_if<model::Quantity>(&expr.node))
    return spell(*quantity, place);
  return "…";
}

const model::Quantity* written_weights(const model::Expr& target) {
  if (const auto* index = std::get_if<model::Index>(&target.node))
    return written_weights(*index->base);
  const auto* quantity = std::get_if<model::Quantity>(&target.node);
  const bool weights = quantity != nullptr && !quantity->rule && quantity->variable == "w";
  return weights ? quantity : nullptr;
}

void add_write(const model::Expr& target, source::Span statement, Place& place) {
  const model::Quantity* quantity = written_weights(target);
  if (quantity == nullptr) return;
  const std::string weights = spell(*quantity, place);
  auto& writes = place.report.writes;
  const auto known = std::ranges::find_if(writes, [&](const WeightWrite& write) {
    return write.where == place.name && write.weights == weights;
  });
  if (known != writes.end())
    known->statements.push_back(statement);
  else
    writes.push_back({place.name, weights, {statement}});
}

void add_tie(const model::ProjectionDecl& projection, Place& place) {
  if (!projection.tied_to) return;
  place.report.transports.push_back({place.name, place.scope[projection.symbol].name,
                                     spell(*projection.tied_to, place), projection.tied_to->span,
                                     place.conditions});
}

void add_uses(const model::ProjectionDecl& projection, Place& place) {
  for (const model::Learning& learning : projection.learning)
    place.report.uses.push_back({place.name, place.scope[projection.symbol].name,
                                 place.program.rules[learning.rule].name, learning.span,
                                 place.conditions});
}

void add_body(const model::Body& body, Place& place);

// The statements that tie or write weights, or hold others.
void add_statement(const model::Stmt& statement, Place& place) {
  const auto& node = statement.node;
  if (const auto* instance = std::get_if<model::CircuitInstance>(&node))
    place.instances[instance->symbol] = instance->circuit;
  if (const auto* projection = std::get_if<model::ProjectionDecl>(&node)) {
    add_tie(*projection, place);
    add_uses(*projection, place);
  }
  const source::Span span = statement.span;
  if (const auto* assign = std::get_if<model::Assign>(&node))
    add_write(assign->target, span, place);
  if (const auto* clip = std::get_if<model::Clip>(&node))
    for (const model::Expr& target : clip->targets) add_write(target, span, place);
  if (const auto* normalise = std::get_if<model::Normalise>(&node))
    add_write(normalise->target, span, place);
  if (const auto* loop = std::get_if<model::For>(&node)) add_body(loop->body, place);
  if (const auto* every = std::get_if<model::Every>(&node)) add_body(every->body, place);
  if (const auto* branch = std::get_if<model::If>(&node)) {
    place.conditions.push_back({branch->condition.span, true});
    add_body(branch->when_true, place);
    place.conditions.back().holds = false;
    add_body(branch->when_false, place);
    place.conditions.pop_back();
  }
}

void add_body(const model::Body& body, Place& place) {
  for (const model::Stmt& statement : body) add_statement(statement, place);
}

}  // namespace

LocalityReport build_locality_report(const model::Program& program) {
  LocalityReport report;
  for (const model::Rule& rule : program.rules) report.rules.push_back(build_rule_locality(rule));
  for (const model::Circuit& circuit : program.circuits) {
    Place place{program, circuit.name, circuit.scope, report, {}};
    add_body(circuit.body, place);
  }
  for (const model::Experiment& experiment : program.experiments) {
    Place place{program, experiment.name, experiment.scope, report, {}};
    add_body(experiment.body, place);
  }
  return report;
}

}  // namespace bouton::check
