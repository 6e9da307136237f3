#include "compiler/check/rule_trace.h"

#include <fmt/format.h>

#include "compiler/check/declare.h"
#include "compiler/check/expr.h"
#include "compiler/check/handlers.h"
#include "compiler/check/items.h"

namespace bouton::check {

using diagnostics::Kind;

namespace {

std::string words_of(const ast::Trace& trace) { return fmt::format("trace `{}`", trace.name.text); }

void check_equation(const ast::Trace& trace, const ast::DifferentialEquation& equation,
                    model::TraceDecl& declared, bool& found, Context& context) {
  if (equation.name.text != trace.name.text) {
    context.diagnostics
        .report(Kind::NotHere, equation.name.span,
                {fmt::format("an equation of `{}`", equation.name.text), words_of(trace)})
        .hint("give it a trace of its own");
    return;
  }
  if (found)
    context.diagnostics
        .report(Kind::DuplicateItem, equation.name.span,
                {words_of(trace), trace.name.text + "' = …"})
        .other(declared.derivative.span, "the first one");
  found = true;
  declared.derivative = check_slope(equation, declared.symbol, context);
}

// The body of `on pre` or `on post`; nothing for other events.
std::optional<model::HandlerBody>* body_for(const ast::Handler& handler,
                                            model::TraceDecl& declared) {
  if (std::holds_alternative<ast::OnPre>(handler.event)) return &declared.on_pre;
  if (std::holds_alternative<ast::OnPost>(handler.event)) return &declared.on_post;
  return nullptr;
}

void refuse(const ast::Item& item, Context& context) {
  context.diagnostics.report(Kind::NotHere, item.span, {describe(item), "a trace"})
      .hint("a trace holds one equation, `on pre { }` and `on post { }`");
}

void check_jump(const ast::Item& item, const ast::Trace& trace, const ast::Handler& handler,
                model::TraceDecl& declared, Context& context) {
  auto* body = body_for(handler, declared);
  if (!body) return refuse(item, context);
  if (*body)
    context.diagnostics
        .report(Kind::DuplicateItem, item.span,
                {words_of(trace), body == &declared.on_pre ? "on pre" : "on post"})
        .hint("put both bodies into one");
  std::vector<model::SymbolId> assigned;
  HandlerRules rules{{declared.symbol}, assigned};
  *body = check_handler(handler.body, rules, context);
}

void warn_if_it_never_jumps(const ast::Trace& trace, const model::TraceDecl& declared,
                            Context& context) {
  const auto jumps = [](const std::optional<model::HandlerBody>& body) {
    return body && !body->empty();
  };
  if (jumps(declared.on_pre) || jumps(declared.on_post) || has_errors(context)) return;
  context.diagnostics.report(Kind::TraceNeverJumps, trace.name.span, {trace.name.text})
      .hint(fmt::format("a trace follows spikes: add `on pre {{ {} += 1 }}` or `on post {{ … }}`",
                        trace.name.text));
}

}  // namespace

model::TraceDecl declare_trace(const ast::Trace& trace, Context& context) {
  const Type type = trace.type ? named_type(*trace.type, context) : real(context.solver.fresh());
  model::TraceDecl declared;
  declared.symbol = declare_name(trace.name, model::SymbolKind::Trace, type, context);
  return declared;
}

void check_trace(const ast::Trace& trace, model::TraceDecl& declared, Context& context) {
  const source::Span span = trace.name.span;
  declared.initial =
      trace.initial
          ? check_initial(trace.name, *trace.initial, declared.symbol, context)
          : typed(span, model::Number{0}, context.names.type(declared.symbol), context.solver).expr;
  bool found = false;
  for (const ast::Item& item : trace.body.items) {
    if (const auto* equation = std::get_if<ast::DifferentialEquation>(&item.node))
      check_equation(trace, *equation, declared, found, context);
    else if (const auto* handler = std::get_if<ast::Handler>(&item.node))
      check_jump(item, trace, *handler, declared, context);
    else
      refuse(item, context);
  }
  if (!found)
    context.diagnostics
        .report(Kind::MissingPart, span,
                {words_of(trace), fmt::format("`{}' = …`", trace.name.text)})
        .hint(fmt::format("a trace that decays has `{}' = -{}/tau`", trace.name.text,
                          trace.name.text));
  warn_if_it_never_jumps(trace, declared, context);
}

}  // namespace bouton::check
