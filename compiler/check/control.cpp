#include "compiler/check/control.h"

#include <fmt/format.h>

#include "compiler/base/match.h"
#include "compiler/check/compile_time.h"
#include "compiler/check/declare.h"
#include "compiler/check/expr.h"
#include "compiler/check/statements.h"

namespace bouton::check {

namespace {

using diagnostics::Kind;

struct Allowed {
  const char* name;
  bool circuit;
  bool phase;
  bool experiment;
};

Allowed allowed_of(const ast::Statement& statement) {
  return match(
      statement.node, [](const ast::Let&) { return Allowed{"`let`", true, false, true}; },
      [](const ast::Var&) { return Allowed{"`var`", false, false, true}; },
      [](const ast::Assignment&) { return Allowed{"an assignment", true, true, true}; },
      [](const ast::If&) { return Allowed{"`if`", true, true, true}; },
      [](const ast::For&) { return Allowed{"`for`", true, true, true}; },
      [](const ast::Break&) { return Allowed{"`break`", false, false, true}; },
      [](const ast::Timestep&) { return Allowed{"`timestep`", false, false, true}; },
      [](const ast::Population&) { return Allowed{"a population", true, false, true}; },
      [](const ast::Projection&) { return Allowed{"a projection", true, false, true}; },
      [](const ast::CircuitInstance&) { return Allowed{"a circuit", false, false, true}; },
      [](const ast::Phase&) { return Allowed{"a phase", false, false, true}; },
      [](const ast::Run&) { return Allowed{"`run`", false, false, true}; },
      [](const ast::Reset&) { return Allowed{"`reset`", false, false, true}; },
      [](const ast::Clip&) { return Allowed{"`clip`", false, false, true}; },
      [](const ast::Normalise&) { return Allowed{"`normalise`", false, false, true}; },
      [](const ast::Silence&) { return Allowed{"`silence`", false, true, false}; },
      [](const ast::Learn&) { return Allowed{"`learn`", false, true, false}; },
      [](const ast::Record&) { return Allowed{"`record`", false, false, true}; },
      [](const ast::Plot&) { return Allowed{"`plot`", false, false, true}; },
      [](const ast::Print&) { return Allowed{"`print`", false, false, true}; },
      [](const ast::Every&) { return Allowed{"`every`", false, false, true}; },
      [](const ast::Replay&) { return Allowed{"`replay`", false, false, true}; },
      [](const ast::Expect&) { return Allowed{"`expect`", false, false, true}; });
}

// Reads one block with what is known about the `if` or `for` around it.
model::Body check_inner(const ast::Block& block, bool compile_time, BodyContext& body) {
  const bool outer = body.at_run_time;
  body.at_run_time = outer || !compile_time;
  model::Body result = check_block(block, body);
  body.at_run_time = outer;
  return result;
}

void require_compile_time_in_circuit(const model::Expr& expr, BodyContext& body) {
  if (body.kind == BodyKind::Circuit) require_compile_time(expr, "what a circuit is made of", body);
}

model::If check_branch(const ast::If& statement, std::size_t branch, BodyContext& body) {
  const ast::IfBranch& syntax = statement.branches[branch];
  Typed condition = check_condition(syntax.condition, "a condition", body.context);
  require_compile_time_in_circuit(condition.expr, body);
  const bool compile_time = is_compile_time(condition.expr, body);
  model::If result{std::move(condition.expr), check_inner(syntax.body, compile_time, body), {}};
  const bool last = branch + 1 == statement.branches.size();
  if (last) {
    if (statement.otherwise)
      result.when_false = check_inner(*statement.otherwise, compile_time, body);
    return result;
  }
  const bool outer = body.at_run_time;
  body.at_run_time = outer || !compile_time;
  const source::Span span = statement.branches[branch + 1].condition.span;
  result.when_false.push_back({span, check_branch(statement, branch + 1, body)});
  body.at_run_time = outer;
  return result;
}

// The types of the names that one element is taken apart into.
std::vector<Type> types_of_names(const ast::For& statement, const Typed& sequence,
                                 BodyContext& body) {
  Context& context = body.context;
  std::vector<Type> types(statement.names.size(), unknown_type());
  const auto element = element_of(sequence.type);
  if (!element) {
    context.diagnostics.report(Kind::NoSequence, statement.sequence.span,
                               {describe(sequence.type, context.solver)});
    return types;
  }
  if (types.size() == 1) return {*element};
  if (is_unknown(*element)) return types;
  if (element->tuple && element->elements.size() == types.size()) return element->elements;
  context.diagnostics
      .report(Kind::PatternDoesNotFit, statement.names.front().span,
              {std::to_string(types.size()),
               element->tuple ? fmt::format("a tuple of {}", element->elements.size())
                              : describe(*element, context.solver)})
      .other(statement.sequence.span, "the sequence");
  return types;
}

bool counts(const ast::For& statement) {
  return statement.names.size() == 1 && std::holds_alternative<ast::Range>(statement.sequence.node);
}

std::vector<model::SymbolId> declare_names(const ast::For& statement, const Typed& sequence,
                                           bool compile_time, BodyContext& body) {
  const std::vector<Type> types = types_of_names(statement, sequence, body);
  std::vector<model::SymbolId> symbols;
  for (std::size_t i = 0; i < statement.names.size(); ++i) {
    symbols.push_back(
        declare_name(statement.names[i], model::SymbolKind::LoopVariable, types[i], body.context));
    if (compile_time) body.compile_time.insert(symbols.back());
  }
  return symbols;
}

}  // namespace

bool check_may_stand(const ast::Statement& statement, BodyContext& body) {
  const Allowed allowed = allowed_of(statement);
  const bool fits = body.in_phase                    ? allowed.phase
                    : body.kind == BodyKind::Circuit ? allowed.circuit
                                                     : allowed.experiment;
  if (fits) return true;
  const std::string place = body.in_phase                    ? "a phase"
                            : body.kind == BodyKind::Circuit ? "a circuit"
                                                             : "an experiment";
  body.context.diagnostics.report(Kind::NotHere, statement.span, {allowed.name, place});
  return false;
}

std::optional<model::If> check_if(const ast::If& statement, BodyContext& body) {
  ++body.branches;
  model::If result = check_branch(statement, 0, body);
  --body.branches;
  return result;
}

std::optional<model::For> check_for(const ast::For& statement, BodyContext& body) {
  Typed sequence = check_expr(statement.sequence, body.context);
  require_compile_time_in_circuit(sequence.expr, body);
  const bool compile_time = is_compile_time(sequence.expr, body);
  const std::size_t block = body.context.names.open_block();
  std::vector<model::SymbolId> symbols = declare_names(statement, sequence, compile_time, body);
  body.loops.push_back({counts(statement), compile_time});
  model::Body inner = check_inner(statement.body, compile_time, body);
  body.loops.pop_back();
  body.context.names.close_block(block);
  return model::For{std::move(symbols), std::move(sequence.expr), std::move(inner)};
}

std::optional<model::Every> check_every(const ast::Every& statement, source::Span span,
                                        BodyContext& body) {
  if (body.loops.empty() || !body.loops.back().counts)
    body.context.diagnostics.report(Kind::EveryOutsideLoop, span)
        .hint("`every n` runs when the number that the `for` around it counts is a multiple of n");
  Typed count = check_as(statement.count, real(units::kNone), "`every`", body.context);
  return model::Every{std::move(count.expr), check_inner(statement.body, false, body)};
}

}  // namespace bouton::check
