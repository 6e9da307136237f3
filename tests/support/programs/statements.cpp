#include "tests/support/programs/statements.h"

#include <fmt/format.h>

#include <array>

#include "tests/support/programs/expression.h"

namespace bouton::fuzz {

namespace {

using Write = std::string(Handler&, int depth);

std::string bounded(Handler& handler, Dimension dimension, int depth) {
  const std::string number = write_bounded(handler.scope, depth);
  if (dimension == Dimension::None) return number;
  return fmt::format("{} * {}", number, write_literal(dimension, *handler.scope.random));
}

std::string set(Handler& handler, int depth) {
  const Atom target = handler.scope.random->pick(handler.targets);
  return fmt::format("{} = {}\n", target.text, bounded(handler, target.dimension, depth));
}

std::string add(Handler& handler, int depth) {
  const Atom target = handler.scope.random->pick(handler.targets);
  return fmt::format("{} {} {} * {}\n", target.text, handler.scope.random->word({"+=", "-="}),
                     handler.scope.random->word({"0.1", "0.01", "0.25", "1"}),
                     bounded(handler, target.dimension, depth));
}

std::string scale(Handler& handler, int depth) {
  const Atom target = handler.scope.random->pick(handler.targets);
  const std::string factor = write_bounded(handler.scope, depth);
  if (handler.scope.random->one_in(2)) return fmt::format("{} *= {}\n", target.text, factor);
  return fmt::format("{} /= (1 + abs({}))\n", target.text, factor);
}

std::string local(Handler& handler, int depth) {
  const auto dimension = handler.scope.random->one_in(4) ? Dimension::Voltage : Dimension::None;
  const std::string name = fmt::format("l{}", (*handler.locals)++);
  const std::string value = write_number(handler.scope, dimension, depth);
  handler.scope.atoms.push_back({name, dimension});
  return fmt::format("let {} = {}\n", name, value) + write_assignment(handler, depth);
}

std::string branch(Handler& handler, int depth) {
  const std::string condition = write_condition(handler.scope, depth);
  const std::string yes = write_statements(handler, handler.scope.random->between(1, 2), depth - 1);
  if (handler.scope.random->one_in(2)) return fmt::format("if {} {{\n{}}}\n", condition, yes);
  const std::string no = write_statements(handler, 1, depth - 1);
  return fmt::format("if {} {{\n{}}} else {{\n{}}}\n", condition, yes, no);
}

constexpr std::array<Way<Write>, 5> kStatements = {
    {{2, set}, {5, add}, {2, scale}, {2, local}, {2, branch}}};

}  // namespace

std::string write_assignment(Handler& handler, int depth) {
  const int which = handler.scope.random->below(9);
  if (which < 2) return set(handler, depth);
  return which < 7 ? add(handler, depth) : scale(handler, depth);
}

std::string write_statements(Handler handler, int count, int depth) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    if (depth <= 0)
      text += write_assignment(handler, 1);
    else
      text += choose(kStatements, *handler.scope.random)(handler, depth);
  }
  return text;
}

}  // namespace bouton::fuzz
