#include "compiler/check/rule_locality.h"

#include <set>

#include "compiler/check/expr_walk.h"
#include "compiler/check/rule_facts.h"

namespace bouton::check {

namespace {

struct Reads {
  const model::Rule& rule;
  std::set<std::string> own;
  std::set<std::string> partners;
  std::set<std::string> broadcasts;
};

std::string spell(const model::PartnerField& field) {
  std::string name = field.side == model::Side::Pre ? "pre." : "post.";
  name += field.field;
  if (field.form == model::PartnerField::Form::Previous) return "prev(" + name + ")";
  return field.form == model::PartnerField::Form::Slope ? name + "'" : name;
}

void add_symbol(model::SymbolId id, Reads& reads) {
  const model::Symbol& symbol = reads.rule.scope[id];
  if (symbol.kind == model::SymbolKind::Weight) reads.own.insert("w");
  if (symbol.kind == model::SymbolKind::State) reads.own.insert(symbol.name);
  if (symbol.kind == model::SymbolKind::Broadcast) reads.broadcasts.insert(symbol.name);
}

void add(const model::Expr& expr, Reads& reads) {
  walk(expr, [&](const model::Expr& part) {
    if (const auto* ref = std::get_if<model::Ref>(&part.node)) add_symbol(ref->symbol, reads);
    if (const auto* old = std::get_if<model::Previous>(&part.node)) add_symbol(old->symbol, reads);
    if (const auto* slope = std::get_if<model::Slope>(&part.node)) add_symbol(slope->symbol, reads);
    if (const auto* field = std::get_if<model::PartnerField>(&part.node))
      reads.partners.insert(spell(*field));
  });
}

std::vector<std::string> list(const Reads& reads) {
  std::vector<std::string> all(reads.own.begin(), reads.own.end());
  if (waits_for(reads.rule, model::Side::Pre)) all.emplace_back("pre spikes");
  if (waits_for(reads.rule, model::Side::Post)) all.emplace_back("post spikes");
  all.insert(all.end(), reads.partners.begin(), reads.partners.end());
  for (const std::string& name : reads.broadcasts) all.push_back("broadcast " + name);
  return all;
}

}  // namespace

RuleLocality build_rule_locality(const model::Rule& rule) {
  Reads reads{rule, {}, {}, {}};
  visit_rule(rule, {[&](const model::Expr& expr) { add(expr, reads); },
                    [&](const model::HandlerAssign& assign) {
                      if (assign.op != model::AssignOp::Set) add_symbol(assign.target, reads);
                    }});
  for (const model::RuleItem& item : rule.items)
    if (const auto* equation = std::get_if<model::RuleEquation>(&item.node))
      add_symbol(equation->target, reads);
  using Verdict = RuleLocality::Verdict;
  Verdict verdict = reads.broadcasts.empty() ? Verdict::Local : Verdict::Broadcast;
  if (rule.nonlocal) verdict = Verdict::Nonlocal;
  return {rule.name, rule.span, verdict, list(reads)};
}

}  // namespace bouton::check
