#include "compiler/base/check.h"
#include "compiler/base/match.h"
#include "compiler/model/dump_parts.h"

namespace bouton::model {

namespace {

std::string spell_pairing(const Pairing& pairing) {
  const std::string order = pairing.in_index_order ? " in index order" : "";
  switch (pairing.kind) {
    case Pairing::Kind::All:
      return "all" + order;
    case Pairing::Kind::Nearest:
      return "nearest " + std::to_string(pairing.depth) + order;
    case Pairing::Kind::Immediate:
      return "immediate" + order;
    case Pairing::Kind::PreCentred:
      return "pre_centred" + order;
    case Pairing::Kind::PostCentred:
      return "post_centred" + order;
  }
  BOUTON_UNREACHABLE("pairing");
}

void dump_trace(const TraceDecl& trace, const Place& place, Outline& outline) {
  outline.line("trace " + declared(trace.symbol, place) + " = " + dump_expr(trace.initial, place));
  outline.nested([&] {
    outline.line(name_of(trace.symbol, place) + "' = " + dump_expr(trace.derivative, place));
    if (trace.on_pre) dump_handler("on pre", *trace.on_pre, place, outline);
    if (trace.on_post) dump_handler("on post", *trace.on_post, place, outline);
  });
}

void dump_item(const RuleItem& item, const Place& place, Outline& outline) {
  match(
      item.node,
      [&](const OnPair& node) {
        dump_handler(
            "on pair(" + declared(node.pair_time, place) + ") " + spell_pairing(node.pairing),
            node.body, place, outline);
      },
      [&](const OnSpikeOf& node) {
        dump_handler("on " + std::string(spelling_of(node.side)), node.body, place, outline);
      },
      [&](const OnStep& node) { dump_handler("on step", node.body, place, outline); },
      [&](const RuleEquation& node) {
        outline.line(name_of(node.target, place) + "' = " + dump_expr(node.value, place));
      });
}

void dump_constraints(const Rule& rule, const Place& place, Outline& outline) {
  if (rule.bound)
    outline.line("bound w in [" + dump_expr(rule.bound->low, place) + ", " +
                 dump_expr(rule.bound->high, place) + "]");
  if (rule.sign) outline.line("sign " + std::string(spelling_of(*rule.sign)));
  if (rule.nonlocal) outline.line("nonlocal");
}

void dump_items(const Rule& rule, const Place& place, Outline& outline) {
  dump_documentation(rule.documentation, outline);
  for (const SymbolId symbol : {rule.timestep, rule.time, rule.weight})
    dump_predefined(symbol, place, outline);
  dump_parameters(rule.parameters, place, outline);
  for (const SymbolId symbol : rule.broadcasts)
    outline.line("broadcast " + declared(symbol, place));
  dump_states(rule.states, place, outline);
  for (const TraceDecl& trace : rule.traces) dump_trace(trace, place, outline);
  for (const RuleItem& item : rule.items) dump_item(item, place, outline);
  dump_constraints(rule, place, outline);
  dump_solver(rule.solver, outline);
}

}  // namespace

void dump_rule(const Rule& rule, const Program& program, Outline& outline) {
  outline.line("rule " + rule.name);
  outline.nested([&] { dump_items(rule, {program, rule.scope}, outline); });
}

}  // namespace bouton::model
