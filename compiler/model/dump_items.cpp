#include "compiler/base/check.h"
#include "compiler/base/match.h"
#include "compiler/model/dump_parts.h"

namespace bouton::model {

namespace {

std::string_view spelling_of(Solver solver) {
  switch (solver) {
    case Solver::Default:
      return "default";
    case Solver::Euler:
      return "euler";
    case Solver::ExponentialEuler:
      return "exponential_euler";
    case Solver::Heun:
      return "heun";
    case Solver::RungeKutta4:
      return "rk4";
    case Solver::Exact:
      return "exact";
  }
  BOUTON_UNREACHABLE("solver");
}

void dump_statements(const HandlerBody& body, const Place& place, Outline& outline);

void dump_choice(const HandlerIf& choice, const Place& place, Outline& outline) {
  outline.line("if " + dump_expr(choice.condition, place));
  outline.nested([&] { dump_statements(choice.when_true, place, outline); });
  if (choice.when_false.empty()) return;
  outline.line("else");
  outline.nested([&] { dump_statements(choice.when_false, place, outline); });
}

void dump_statements(const HandlerBody& body, const Place& place, Outline& outline) {
  for (const HandlerStmt& stmt : body)
    match(
        stmt.node,
        [&](const HandlerAssign& node) {
          outline.line(name_of(node.target, place) + " " +
                       std::string(model::spelling_of(node.op)) + " " +
                       dump_expr(node.value, place));
        },
        [&](const HandlerLet& node) {
          outline.line("let " + declared(node.symbol, place) + " = " +
                       dump_expr(node.value, place));
        },
        [&](const HandlerIf& node) { dump_choice(node, place, outline); });
}

}  // namespace

void dump_documentation(const std::string& documentation, Outline& outline) {
  if (documentation.empty()) return;
  std::string_view rest = documentation;
  while (true) {
    const std::size_t end = rest.find('\n');
    outline.line("## " + std::string(rest.substr(0, end)));
    if (end == std::string_view::npos) return;
    rest.remove_prefix(end + 1);
  }
}

void dump_parameters(const std::vector<Parameter>& parameters, const Place& place,
                     Outline& outline) {
  for (const Parameter& parameter : parameters) {
    const std::string value =
        parameter.default_value ? " = " + dump_expr(*parameter.default_value, place) : "";
    outline.line("parameter " + declared(parameter.symbol, place) + value);
    outline.nested([&] { dump_documentation(parameter.documentation, outline); });
  }
}

void dump_handler(std::string_view heading, const HandlerBody& body, const Place& place,
                  Outline& outline) {
  outline.line(heading);
  outline.nested([&] { dump_statements(body, place, outline); });
}

void dump_states(const std::vector<State>& states, const Place& place, Outline& outline) {
  for (const State& state : states) {
    outline.line("state " + declared(state.symbol, place) + " = " +
                 dump_expr(state.initial, place));
    if (state.derivative)
      outline.line(name_of(state.symbol, place) + "' = " + dump_expr(*state.derivative, place));
  }
}

void dump_solver(Solver solver, Outline& outline) {
  if (solver != Solver::Default) outline.line("solve with " + std::string(spelling_of(solver)));
}

void dump_predefined(SymbolId symbol, const Place& place, Outline& outline) {
  if (symbol.valid()) outline.line("reads " + declared(symbol, place));
}

}  // namespace bouton::model
