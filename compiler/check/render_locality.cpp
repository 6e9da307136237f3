#include <fmt/format.h>

#include "compiler/base/check.h"
#include "compiler/base/text_table.h"
#include "compiler/check/locality.h"
#include "compiler/source/brief.h"

namespace bouton::check {

namespace {

using Align = TextTable::Align;

const char* spell(RuleLocality::Verdict verdict) {
  switch (verdict) {
    case RuleLocality::Verdict::Local:
      return "local";
    case RuleLocality::Verdict::Broadcast:
      return "local with a broadcast";
    case RuleLocality::Verdict::Nonlocal:
      return "nonlocal";
  }
  BOUTON_UNREACHABLE("verdict of a rule");
}

std::string print_conditions(const std::vector<DeclaredIf>& conditions,
                             const source::SourceMap& sources) {
  std::string text;
  for (const DeclaredIf& one : conditions)
    text += (one.holds ? " if " : " unless ") + source::print_excerpt(sources, one.condition);
  return text;
}

std::string render_rule(const RuleLocality& rule, const LocalityReport& report,
                        const source::SourceMap& sources) {
  TextTable table({Align::Left, Align::Left, Align::Left});
  const auto add = [&](const char* verb, const char* where, const std::vector<std::string>& names) {
    if (!names.empty()) table.add({verb, where, fmt::format("{}", fmt::join(names, ", "))});
  };
  add("reads", "its synapse", rule.synapse);
  add("reads", "its presynaptic neuron", rule.pre);
  add("reads", "its postsynaptic neuron", rule.post);
  add("reads", "broadcast", rule.broadcasts);
  add("writes", "its synapse", rule.writes);
  for (const RuleUse& use : report.uses)
    if (use.rule == rule.rule)
      table.add(
          {"learns",
           "at " + use.projection + " in " + use.where + print_conditions(use.conditions, sources),
           source::print_place(sources, use.span)});
  return fmt::format("rule {}: {}  ({})\n{}", rule.rule, spell(rule.verdict),
                     source::print_place(sources, rule.span), table.print(2));
}

std::string render_transports(const LocalityReport& report, const source::SourceMap& sources) {
  if (report.transports.empty()) return "weight transport: none\n";
  TextTable table({Align::Left, Align::Left, Align::Left});
  for (const WeightTransport& transport : report.transports)
    table.add({transport.projection + ".w is " + transport.source,
               "in " + transport.where + print_conditions(transport.conditions, sources),
               source::print_place(sources, transport.span)});
  return "weight transport: these weights are views of others\n" + table.print(2);
}

std::string render_writes(const LocalityReport& report, const source::SourceMap& sources) {
  if (report.writes.empty()) return "weights written by the experiment: none\n";
  TextTable table({Align::Left, Align::Left, Align::Left, Align::Left});
  for (const WeightWrite& write : report.writes) {
    std::string weights = write.weights;
    for (const source::Span statement : write.statements) {
      table.add({weights, weights.empty() ? "" : "in " + write.where,
                 source::print_excerpt(sources, statement),
                 source::print_place(sources, statement)});
      weights.clear();
    }
  }
  return "weights written by the experiment\n" + table.print(2);
}

}  // namespace

std::string render_locality(const LocalityReport& report, const source::SourceMap& sources) {
  std::string text;
  for (const RuleLocality& rule : report.rules) text += render_rule(rule, report, sources) + "\n";
  return text + render_transports(report, sources) + render_writes(report, sources);
}

}  // namespace bouton::check
