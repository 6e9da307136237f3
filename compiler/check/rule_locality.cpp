#include "compiler/check/rule_locality.h"

#include <set>

#include "compiler/check/expr_walk.h"
#include "compiler/check/rule_facts.h"

namespace bouton::check {

namespace {

struct Reads {
  const model::Rule& rule;
  std::set<std::string> own, pre, post, broadcasts;
  std::set<std::string> written;
};

std::string spell(const model::PartnerField& field) {
  if (field.form == model::PartnerField::Form::Previous) return "prev(" + field.field + ")";
  if (field.form == model::PartnerField::Form::Slope) return field.field + "'";
  return field.field == "spiked" ? "spikes" : field.field;
}

void add_symbol(model::SymbolId id, Reads& reads) {
  const model::Symbol& symbol = reads.rule.scope[id];
  switch (symbol.kind) {
    case model::SymbolKind::Weight:
    case model::SymbolKind::State:
    case model::SymbolKind::Trace:
      reads.own.insert(symbol.name);
      return;
    case model::SymbolKind::Broadcast:
      reads.broadcasts.insert(symbol.name);
      return;
    default:  // its parameters, time, and names of its own
      return;
  }
}

void add_written(model::SymbolId id, Reads& reads) {
  reads.written.insert(reads.rule.scope[id].name);
}

void add(const model::Expr& expr, Reads& reads) {
  walk(expr, [&](const model::Expr& part) {
    if (const auto* ref = std::get_if<model::Ref>(&part.node)) add_symbol(ref->symbol, reads);
    if (const auto* old = std::get_if<model::Previous>(&part.node)) add_symbol(old->symbol, reads);
    if (const auto* slope = std::get_if<model::Slope>(&part.node)) add_symbol(slope->symbol, reads);
    if (const auto* field = std::get_if<model::PartnerField>(&part.node))
      (field->side == model::Side::Pre ? reads.pre : reads.post).insert(spell(*field));
  });
}

std::vector<std::string> list(const std::set<std::string>& names) {
  return {names.begin(), names.end()};
}

}  // namespace

RuleLocality build_rule_locality(const model::Rule& rule) {
  Reads reads{rule, {}, {}, {}, {}, {}};
  visit_rule(rule, {[&](const model::Expr& expr) { add(expr, reads); },
                    [&](const model::HandlerAssign& assign) {
                      add_written(assign.target, reads);
                      if (assign.op != model::AssignOp::Set) add_symbol(assign.target, reads);
                    }});
  for (const model::RuleItem& item : rule.items)
    if (const auto* equation = std::get_if<model::RuleEquation>(&item.node)) {
      add_symbol(equation->target, reads);
      add_written(equation->target, reads);
    }
  if (rule.bound || rule.sign) {
    reads.own.insert("w");
    reads.written.insert("w");
  }
  if (waits_for(rule, model::Side::Pre)) reads.pre.insert("spikes");
  if (waits_for(rule, model::Side::Post)) reads.post.insert("spikes");
  using Verdict = RuleLocality::Verdict;
  Verdict verdict = reads.broadcasts.empty() ? Verdict::Local : Verdict::Broadcast;
  if (rule.nonlocal) verdict = Verdict::Nonlocal;
  return {rule.name,
          rule.span,
          verdict,
          list(reads.own),
          list(reads.pre),
          list(reads.post),
          list(reads.broadcasts),
          list(reads.written)};
}

}  // namespace bouton::check
