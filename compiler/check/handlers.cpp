#include "compiler/check/handlers.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/ast/experiment.h"
#include "compiler/base/check.h"
#include "compiler/base/match.h"
#include "compiler/check/constant_condition.h"
#include "compiler/check/declare.h"
#include "compiler/check/expr.h"
#include "compiler/check/names_in_words.h"
#include "compiler/diagnostics/suggest.h"

namespace bouton::check {

using diagnostics::Kind;
using model::SymbolId;
using model::SymbolKind;

namespace {

using Body = model::HandlerBody;

void report_target(const ast::Expr& target, SymbolId symbol, Context& context) {
  const model::Symbol& declared = context.names[symbol];
  auto report = context.diagnostics.report(Kind::CannotAssign, target.span,
                                           {declared.name, std::string(describe(declared.kind))});
  if (declared.span.end > declared.span.begin) report.other(declared.span, "declared here");
  if (declared.kind == SymbolKind::Trace)
    report.hint("a trace changes in its own `on pre { }` and `on post { }` only");
}

// Nothing after a message.
std::optional<SymbolId> find_target(const ast::Expr& target, const HandlerRules& rules,
                                    Context& context) {
  const auto* name = std::get_if<ast::Name>(&target.node);
  if (!name) {
    const bool index = std::holds_alternative<ast::Index>(target.node);
    context.diagnostics
        .report(Kind::NotHere, target.span,
                {index ? "an assignment to an element" : "an assignment to another's variable",
                 std::string(describe(context.place))})
        .hint(context.place == Place::Rule ? "a rule changes `w` and its own states only" : "");
    return std::nullopt;
  }
  const auto symbol = context.names.find(name->name.text);
  if (!symbol) {
    context.diagnostics.report(Kind::UnknownName, target.span, {name->name.text})
        .hint(diagnostics::suggest_hint(name->name.text, context.names.visible_names()));
    declare_placeholder(name->name, context);
    return std::nullopt;
  }
  if (std::ranges::find(rules.targets, *symbol) != rules.targets.end()) return symbol;
  if (!is_unknown(context.names.type(*symbol))) report_target(target, *symbol, context);
  return std::nullopt;
}

void check_assignment(const ast::Statement& statement, const ast::Assignment& node,
                      HandlerRules& rules, Body& body, Context& context) {
  const auto target = find_target(node.target, rules, context);
  if (!target) {
    (void)check_expr(node.value, context);
    return;
  }
  rules.assigned.push_back(*target);
  Typed value = check_assigned_value(node.value, node.op, context.names.type(*target),
                                     context.names[*target].name, context);
  body.push_back(
      {statement.span, model::HandlerAssign{*target, to_model(node.op), std::move(value.expr)}});
}

void check_let(const ast::Statement& statement, const ast::Let& node, Body& body,
               Context& context) {
  Typed value = check_expr(node.value, context);
  const SymbolId symbol = declare_name(node.name, SymbolKind::Local, value.type, context);
  body.push_back({statement.span, model::HandlerLet{symbol, std::move(value.expr)}});
}

// `else if` becomes an `if` of its own in the other branch.
Body check_branches(const ast::Statement& statement, const ast::If& node, std::size_t first,
                    HandlerRules& rules, Context& context) {
  Body body;
  if (first == node.branches.size())
    return node.otherwise ? check_handler(*node.otherwise, rules, context) : Body{};
  const ast::IfBranch& branch = node.branches[first];
  Typed condition = check_condition(branch.condition, "a condition", context);
  warn_of_constant(condition.expr, context);
  Body then = check_handler(branch.body, rules, context);
  Body otherwise = check_branches(statement, node, first + 1, rules, context);
  body.push_back({statement.span, model::HandlerIf{std::move(condition.expr), std::move(then),
                                                   std::move(otherwise)}});
  return body;
}

void refuse(const ast::Statement& statement, Context& context) {
  context.diagnostics.report(Kind::NotHere, statement.span, {"this statement", "a handler"})
      .hint("a handler holds `let`, assignments and `if`");
}

void check_statement(const ast::Statement& statement, HandlerRules& rules, Body& body,
                     Context& context) {
  if (const auto* assignment = std::get_if<ast::Assignment>(&statement.node))
    return check_assignment(statement, *assignment, rules, body, context);
  if (const auto* let = std::get_if<ast::Let>(&statement.node))
    return check_let(statement, *let, body, context);
  if (const auto* branches = std::get_if<ast::If>(&statement.node)) {
    for (model::HandlerStmt& one : check_branches(statement, *branches, 0, rules, context))
      body.push_back(std::move(one));
    return;
  }
  refuse(statement, context);
}

}  // namespace

model::HandlerBody check_handler(const ast::Block& block, HandlerRules& rules, Context& context) {
  const std::size_t opened = context.names.open_block();
  Body body;
  for (const ast::Statement& statement : block.statements)
    check_statement(statement, rules, body, context);
  context.names.close_block(opened);
  return body;
}

model::AssignOp to_model(ast::AssignmentOp op) {
  switch (op) {
    case ast::AssignmentOp::Set:
      return model::AssignOp::Set;
    case ast::AssignmentOp::Add:
      return model::AssignOp::Add;
    case ast::AssignmentOp::Subtract:
      return model::AssignOp::Subtract;
    case ast::AssignmentOp::Multiply:
      return model::AssignOp::Multiply;
    case ast::AssignmentOp::Divide:
      return model::AssignOp::Divide;
  }
  BOUTON_UNREACHABLE("all operators are listed");
}

Typed check_assigned_value(const ast::Expr& value, ast::AssignmentOp op, const Type& target,
                           std::string_view name, Context& context) {
  const bool scales = op == ast::AssignmentOp::Multiply || op == ast::AssignmentOp::Divide;
  const std::string what = fmt::format("what `{}` {}", name,
                                       op == ast::AssignmentOp::Set ? "is set to"
                                       : scales                     ? "is scaled by"
                                                                    : "changes by");
  if (!scales) return check_as(value, target, what, context);
  return check_as(value, real(units::kNone, target.rank), what, context);
}

}  // namespace bouton::check
