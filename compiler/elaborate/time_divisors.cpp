#include "compiler/elaborate/time_divisors.h"

#include <utility>

#include "compiler/elaborate/expr_walk.h"
#include "compiler/model/filters.h"

namespace bouton::elaborate {

namespace {

using model::BinaryOp;
using model::Expr;

void visit_factors(const Expr& divisor, bool negated, const VisitDivisor& visit) {
  if (const auto* unary = std::get_if<model::Unary>(&divisor.node))
    return visit_factors(*unary->operand, negated != (unary->op == model::UnaryOp::Negate), visit);
  if (const auto* binary = std::get_if<model::Binary>(&divisor.node)) {
    if (binary->op != BinaryOp::Multiply) return;
    visit_factors(*binary->left, negated, visit);
    return visit_factors(*binary->right, negated, visit);
  }
  if (divisor.type.kind == model::Kind::Real && divisor.type.dimension == units::kTime)
    visit(divisor, negated);
}

void visit_part(const Expr& part, const VisitDivisor& visit) {
  const auto* binary = std::get_if<model::Binary>(&part.node);
  if (binary != nullptr && binary->op == BinaryOp::Divide)
    visit_factors(*binary->right, false, visit);
}

template <typename Formula>
void visit_formula(const Formula& formula, const VisitDivisor& visit) {
  walk(formula, [&](const Expr& part) { visit_part(part, visit); });
}

template <typename Declaration>
std::set<model::SymbolId> parameters_among(const Declaration& declaration) {
  std::set<model::SymbolId> found;
  visit_time_divisors(declaration, [&](const Expr& divisor, bool negated) {
    const auto* ref = std::get_if<model::Ref>(&divisor.node);
    if (ref == nullptr || negated) return;
    if (declaration.scope[ref->symbol].kind == model::SymbolKind::Parameter)
      found.insert(ref->symbol);
  });
  return found;
}

}  // namespace

void visit_time_divisors(const model::Neuron& neuron, const VisitDivisor& visit) {
  for (const model::State& state : neuron.states)
    if (state.derivative) visit_formula(*state.derivative, visit);
  for (const model::Algebraic& algebraic : neuron.algebraics)
    if (const model::Call* filter = model::state_filter(algebraic.value))
      visit_factors(filter->arguments[1], false, visit);
}

void visit_time_divisors(const model::Synapse& synapse, const VisitDivisor& visit) {
  if (synapse.psp) visit_formula(synapse.psp->value, visit);
  for (const model::State& state : synapse.states)
    if (state.derivative) visit_formula(*state.derivative, visit);
}

void visit_time_divisors(const model::Rule& rule, const VisitDivisor& visit) {
  for (const model::TraceDecl& trace : rule.traces) visit_formula(trace.derivative, visit);
  for (const model::RuleItem& item : rule.items) {
    if (const auto* equation = std::get_if<model::RuleEquation>(&item.node))
      visit_formula(equation->value, visit);
    if (const auto* pair = std::get_if<model::OnPair>(&item.node)) visit_formula(pair->body, visit);
  }
}

std::set<model::SymbolId> time_constants_of(const model::Neuron& neuron) {
  return parameters_among(neuron);
}

std::set<model::SymbolId> time_constants_of(const model::Rule& rule) {
  return parameters_among(rule);
}

}  // namespace bouton::elaborate
