#include "compiler/check/statements.h"

#include "compiler/base/match.h"
#include "compiler/check/assign.h"
#include "compiler/check/compile_time.h"
#include "compiler/check/constraints.h"
#include "compiler/check/control.h"
#include "compiler/check/declare.h"
#include "compiler/check/expr.h"
#include "compiler/check/phase.h"
#include "compiler/check/population.h"
#include "compiler/check/projection.h"
#include "compiler/check/record.h"
#include "compiler/check/replay.h"
#include "compiler/check/run.h"

namespace bouton::check {

namespace {

using diagnostics::Kind;

using Node = decltype(model::Stmt::node);
using Checked = std::optional<Node>;

// Puts what a check_… function made of a statement into the statement's variant.
template <typename T>
Checked wrap(std::optional<T> node) {
  if (!node) return std::nullopt;
  return Node(std::move(*node));
}

void require_declarations(const ast::Identifier& name, BodyContext& body) {
  if (!body.at_run_time) return;
  body.context.diagnostics.report(Kind::DeclaredAtRunTime, name.span, {name.text})
      .hint("an `if` or `for` around declarations may depend on parameters only");
}

Type type_of_constant(const ast::Identifier& name, const ast::Expr& value, BodyContext& body,
                      model::Expr& checked) {
  set_random_site(name.text, {}, body);
  Typed typed = check_expr(value, body.context);
  checked = std::move(typed.expr);
  return typed.type;
}

Checked check(const ast::Let& let, BodyContext& body) {
  model::Expr value{let.value.span, {}, model::Number{}};
  const Type type = type_of_constant(let.name, let.value, body, value);
  const auto symbol = declare_name(let.name, model::SymbolKind::Constant, type, body.context);
  if (is_compile_time(value, body)) body.compile_time.insert(symbol);
  return model::Let{symbol, std::move(value)};
}

Checked check(const ast::Var& var, BodyContext& body) {
  model::Expr value{var.value.span, {}, model::Number{}};
  const Type type = type_of_constant(var.name, var.value, body, value);
  const auto symbol = declare_name(var.name, model::SymbolKind::Variable, type, body.context);
  return model::Var{symbol, std::move(value)};
}

Checked check(const ast::Timestep& timestep, BodyContext& body) {
  check_timestep(timestep, body);
  return std::nullopt;
}

Checked check(const ast::Population& population, BodyContext& body) {
  require_declarations(population.name, body);
  return wrap(check_population(population, body));
}

Checked check(const ast::Projection& projection, BodyContext& body) {
  require_declarations(projection.name, body);
  return wrap(check_projection(projection, body));
}

Checked check(const ast::CircuitInstance& instance, BodyContext& body) {
  require_declarations(instance.name, body);
  return wrap(check_circuit_instance(instance, body));
}

Checked check(const ast::Phase& phase, BodyContext& body) {
  require_declarations(phase.name, body);
  return wrap(check_phase(phase, body));
}

Checked check(const ast::Assignment& node, BodyContext& body) {
  return wrap(check_assignment(node, body));
}
Checked check(const ast::If& node, BodyContext& body) { return wrap(check_if(node, body)); }
Checked check(const ast::For& node, BodyContext& body) { return wrap(check_for(node, body)); }
Checked check(const ast::Run& node, BodyContext& body) { return wrap(check_run(node, body)); }
Checked check(const ast::Reset& node, BodyContext& body) { return wrap(check_reset(node, body)); }
Checked check(const ast::Clip& node, BodyContext& body) { return wrap(check_clip(node, body)); }
Checked check(const ast::Normalise& node, BodyContext& body) {
  return wrap(check_normalise(node, body));
}
Checked check(const ast::Record& node, BodyContext& body) { return wrap(check_record(node, body)); }
Checked check(const ast::Plot& node, BodyContext& body) { return wrap(check_plot(node, body)); }
Checked check(const ast::Print& node, BodyContext& body) { return wrap(check_print(node, body)); }
Checked check(const ast::Replay& node, BodyContext& body) { return wrap(check_replay(node, body)); }
Checked check(const ast::Expect& node, BodyContext& body) { return wrap(check_expect(node, body)); }

// Statements that are one of several of the model, or need their own span.
struct Spanned {
  const ast::Statement& statement;
  BodyContext& body;
  model::Body& out;
};

void check_spanned(const ast::Learn& learn, const Spanned& at) {
  for (model::Learn& one : check_learn(learn, at.body))
    at.out.push_back({one.target.span, std::move(one)});
}

void check_spanned(const ast::Silence& silence, const Spanned& at) {
  for (model::Silence& one : check_silence(silence, at.body))
    at.out.push_back({one.target.span, std::move(one)});
}

void check_spanned(const ast::Break&, const Spanned& at) {
  if (at.body.loops.empty())
    at.body.context.diagnostics.report(Kind::BreakOutsideLoop, at.statement.span);
  at.out.push_back({at.statement.span, model::Break{}});
}

void check_spanned(const ast::Every& every, const Spanned& at) {
  if (auto node = check_every(every, at.statement.span, at.body))
    at.out.push_back({at.statement.span, std::move(*node)});
}

template <typename Statement>
void check_spanned(const Statement& statement, const Spanned& at) {
  if (auto node = check(statement, at.body))
    at.out.push_back({at.statement.span, std::move(*node)});
}

}  // namespace

void set_random_site(const std::string& name, std::vector<model::Expr> indices, BodyContext& body) {
  body.site = name.empty() ? body.name : body.name + "/" + name;
  body.site_indices = std::move(indices);
}

model::Body check_block(const ast::Block& block, BodyContext& body) {
  model::Body out;
  const std::size_t opened = body.context.names.open_block();
  for (const ast::Statement& statement : block.statements) {
    if (!check_may_stand(statement, body)) continue;
    set_random_site({}, {}, body);
    std::visit([&](const auto& node) { check_spanned(node, Spanned{statement, body, out}); },
               statement.node);
  }
  body.context.names.close_block(opened);
  return out;
}

}  // namespace bouton::check
