#include "compiler/check/rule_facts.h"

#include <algorithm>

#include "compiler/base/match.h"
#include "compiler/check/expr_walk.h"

namespace bouton::check {

namespace {

void visit(const model::HandlerBody& body, const RuleVisitor& visitor) {
  for (const model::HandlerStmt& statement : body)
    match(
        statement.node,
        [&](const model::HandlerAssign& assign) {
          visitor.assign(assign);
          visitor.expr(assign.value);
        },
        [&](const model::HandlerLet& let) { visitor.expr(let.value); },
        [&](const model::HandlerIf& branch) {
          visitor.expr(branch.condition);
          visit(branch.when_true, visitor);
          visit(branch.when_false, visitor);
        });
}

void visit(const model::RuleItem& item, const RuleVisitor& visitor) {
  match(
      item.node, [&](const model::OnPair& handler) { visit(handler.body, visitor); },
      [&](const model::OnSpikeOf& handler) { visit(handler.body, visitor); },
      [&](const model::OnStep& handler) { visit(handler.body, visitor); },
      [&](const model::RuleEquation& equation) { visitor.expr(equation.value); });
}

void visit(const model::TraceDecl& trace, const RuleVisitor& visitor) {
  visitor.expr(trace.initial);
  visitor.expr(trace.derivative);
  if (trace.on_pre) visit(*trace.on_pre, visitor);
  if (trace.on_post) visit(*trace.on_post, visitor);
}

bool is_equation_of(const model::RuleItem& item, model::SymbolId target) {
  const auto* equation = std::get_if<model::RuleEquation>(&item.node);
  return equation != nullptr && equation->target == target;
}

}  // namespace

void visit_rule(const model::Rule& rule, const RuleVisitor& visitor) {
  for (const model::State& state : rule.states) visitor.expr(state.initial);
  for (const model::TraceDecl& trace : rule.traces) visit(trace, visitor);
  for (const model::RuleItem& item : rule.items) visit(item, visitor);
}

bool writes_weight(const model::Rule& rule) {
  bool writes = rule.bound.has_value() || std::ranges::any_of(rule.items, [&](const auto& item) {
                  return is_equation_of(item, rule.weight);
                });
  visit_rule(rule, {[](const model::Expr&) {},
                    [&](const model::HandlerAssign& assign) {
                      writes = writes || assign.target == rule.weight;
                    }});
  return writes;
}

bool waits_for(const model::Rule& rule, model::Side side) {
  for (const model::RuleItem& item : rule.items) {
    if (std::holds_alternative<model::OnPair>(item.node)) return true;
    const auto* handler = std::get_if<model::OnSpikeOf>(&item.node);
    if (handler != nullptr && handler->side == side) return true;
  }
  return std::any_of(rule.traces.begin(), rule.traces.end(), [&](const model::TraceDecl& trace) {
    return side == model::Side::Pre ? trace.on_pre.has_value() : trace.on_post.has_value();
  });
}

bool reads_last_value(const model::Rule& rule, model::Side side, std::string_view field) {
  bool reads = false;
  const auto look = [&](const model::Expr& part) {
    const auto* partner = std::get_if<model::PartnerField>(&part.node);
    if (partner == nullptr || partner->side != side || partner->field != field) return;
    reads = reads || partner->form != model::PartnerField::Form::Value;
  };
  visit_rule(rule, {[&](const model::Expr& expr) { walk(expr, look); },
                    [](const model::HandlerAssign&) {}});
  return reads;
}

}  // namespace bouton::check
