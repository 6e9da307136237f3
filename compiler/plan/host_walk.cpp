#include "compiler/plan/host_walk.h"

#include "compiler/base/match.h"

namespace bouton::plan {
namespace {

using Visit = std::function<void(const HostExpr&)>;

void walk_all(const std::vector<HostExpr>& exprs, const Visit& visit) {
  for (const HostExpr& expr : exprs) for_each_expr(expr, visit);
}

void walk_optional(const std::optional<Box<HostExpr>>& expr, const Visit& visit) {
  if (expr) for_each_expr(**expr, visit);
}

void walk_optional(const std::optional<HostExpr>& expr, const Visit& visit) {
  if (expr) for_each_expr(*expr, visit);
}

// The parts of one expression node.
struct PartWalker {
  const Visit& visit;

  void operator()(const HostReal&) const {}
  void operator()(const HostInteger&) const {}
  void operator()(const HostTruth&) const {}
  void operator()(const HostText&) const {}
  void operator()(const HostVariableRead&) const {}
  void operator()(const ColumnRead&) const {}
  void operator()(const ParameterRead&) const {}
  void operator()(const ElapsedSteps&) const {}
  void operator()(const HostUnary& e) const { for_each_expr(*e.operand, visit); }
  void operator()(const HostBinary& e) const {
    for_each_expr(*e.left, visit);
    for_each_expr(*e.right, visit);
  }
  void operator()(const HostChoice& e) const {
    for_each_expr(*e.condition, visit);
    for_each_expr(*e.when_true, visit);
    for_each_expr(*e.when_false, visit);
  }
  void operator()(const HostCall& e) const {
    walk_all(e.arguments, visit);
    for (const HostArgument& argument : e.named) for_each_expr(*argument.value, visit);
    if (!e.site) return;
    walk_all((*e.site)->indices, visit);
    walk_optional((*e.site)->seed, visit);
  }
  void operator()(const HostRange& e) const {
    for_each_expr(*e.first, visit);
    for_each_expr(*e.last, visit);
    walk_optional(e.by, visit);
  }
  void operator()(const HostIndex& e) const {
    for_each_expr(*e.base, visit);
    walk_all(e.indices, visit);
  }
  void operator()(const HostField& e) const { for_each_expr(*e.base, visit); }
  void operator()(const HostMember& e) const {
    walk_all(e.indices, visit);
    for (const HostMember::Case& member : e.cases) walk_optional(member.value, visit);
  }
  void operator()(const HostArray& e) const { walk_all(e.elements, visit); }
  void operator()(const HostTuple& e) const { walk_all(e.elements, visit); }
  void operator()(const ToReal& e) const { for_each_expr(*e.steps, visit); }
  void operator()(const ToSteps& e) const { for_each_expr(*e.duration, visit); }
};

// The expressions of one statement.
struct StmtWalker {
  const Visit& visit;

  void operator()(const HostLet& s) const { for_each_expr(s.value, visit); }
  void operator()(const HostAssign& s) const {
    walk_all(s.indices, visit);
    for_each_expr(s.value, visit);
  }
  void operator()(const HostFor& s) const { for_each_expr(s.sequence, visit); }
  void operator()(const HostIf& s) const { for_each_expr(s.condition, visit); }
  void operator()(const HostBreak&) const {}
  void operator()(const HostRun& s) const { for_each_expr(s.steps, visit); }
  void operator()(const HostReset&) const {}
  void operator()(const HostClip& s) const {
    for_each_expr(s.low, visit);
    for_each_expr(s.high, visit);
  }
  void operator()(const HostNormalise& s) const { for_each_expr(s.to, visit); }
  void operator()(const HostReplay& s) const { for_each_expr(s.value, visit); }
  void operator()(const HostEvery& s) const {
    for_each_expr(s.count, visit);
    for_each_expr(s.counter, visit);
  }
  void operator()(const HostRecord& s) const { walk_all(s.cells, visit); }
  void operator()(const HostPlot&) const {}
  void operator()(const HostPrint& s) const { walk_all(s.parts, visit); }
  void operator()(const HostExpect& s) const {
    for_each_expr(s.actual, visit);
    walk_optional(s.expected, visit);
    walk_optional(s.within, visit);
  }
};

}  // namespace

void for_each_expr(const HostExpr& expr, const Visit& visit) {
  visit(expr);
  std::visit(PartWalker{visit}, expr.node);
}

void for_each_expr_of(const HostStmt& stmt, const Visit& visit) {
  std::visit(StmtWalker{visit}, stmt.node);
}

void for_each_stmt(const HostBody& body, const std::function<void(const HostStmt&)>& visit) {
  for (const HostStmt& stmt : body) {
    visit(stmt);
    if (const auto* loop = std::get_if<HostFor>(&stmt.node)) for_each_stmt(loop->body, visit);
    if (const auto* every = std::get_if<HostEvery>(&stmt.node)) for_each_stmt(every->body, visit);
    if (const auto* branch = std::get_if<HostIf>(&stmt.node)) {
      for_each_stmt(branch->when_true, visit);
      for_each_stmt(branch->when_false, visit);
    }
  }
}

}  // namespace bouton::plan
