#include "compiler/check/clauses.h"

#include <map>
#include <string>

#include "compiler/base/match.h"

namespace bouton::check {

namespace {

using diagnostics::Kind;

std::string describe_clause(const ast::ProjectionClause& clause) {
  return match(
      clause.node, [](const ast::NoSelf&) { return std::string("no self"); },
      [](const ast::Connect&) { return std::string("connect"); },
      [](const ast::Via&) { return std::string("via"); },
      [](const ast::WeightsTiedTo&) { return std::string("weights tied to"); },
      [](const ast::Weight&) { return std::string("weight"); },
      [](const ast::Learning&) { return std::string("learning"); },
      [](const ast::Delay& delay) { return std::string(ast::spelling_of(delay.kind)); },
      [](const ast::Sign&) { return std::string("sign"); });
}

void sort_clause(const ast::ProjectionClause& clause, Clauses& clauses) {
  match(
      clause.node,
      [&](const ast::NoSelf& no_self) {
        clauses.no_self = &no_self;
        clauses.no_self_span = clause.span;
      },
      [&](const ast::Connect& connect) {
        clauses.connect = &connect;
        clauses.connect_span = clause.span;
      },
      [&](const ast::Via& via) { clauses.via = &via; },
      [&](const ast::WeightsTiedTo& tied) {
        clauses.tied = &tied;
        clauses.tied_span = clause.span;
      },
      [&](const ast::Weight& weight) {
        clauses.weight = &weight;
        clauses.weight_span = clause.span;
      },
      [&](const ast::Learning& learning) { clauses.learning.push_back(&learning); },
      [&](const ast::Delay& delay) {
        clauses.delays.at(static_cast<std::size_t>(delay.kind)) = &delay;
      },
      [&](const ast::Sign& sign) {
        clauses.sign = &sign;
        clauses.sign_span = clause.span;
      });
}

}  // namespace

Clauses sort_clauses(const ast::Projection& projection, diagnostics::Diagnostics& diagnostics) {
  Clauses clauses;
  std::map<std::string, source::Span> seen;
  for (const ast::ProjectionClause& clause : projection.clauses) {
    const std::string name = describe_clause(clause);
    const auto [first, fresh] = seen.emplace(name, clause.span);
    if (!fresh && name != "learning") {
      diagnostics.report(Kind::RepeatedClause, clause.span, {projection.name.text, name})
          .other(first->second, "first given here");
      continue;
    }
    sort_clause(clause, clauses);
  }
  if (clauses.tied != nullptr && clauses.weight != nullptr) {
    diagnostics.report(Kind::TiedAndGivenWeight, clauses.weight_span, {projection.name.text})
        .other(clauses.tied_span, "tied here");
  }
  if (clauses.tied != nullptr && clauses.sign != nullptr) {
    diagnostics.report(Kind::TiedAndSigned, clauses.sign_span, {projection.name.text})
        .other(clauses.tied_span, "tied here")
        .hint("give the sign to the projection that it is tied to");
  }
  return clauses;
}

}  // namespace bouton::check
