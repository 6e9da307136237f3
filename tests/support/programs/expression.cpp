#include "tests/support/programs/expression.h"

#include <fmt/format.h>

#include <array>

namespace bouton::fuzz {

namespace {

using Write = std::string(Scope&, Dimension, int depth);

std::string literal(Scope& scope, Dimension dimension, int) {
  return write_literal(dimension, *scope.random);
}

std::string leaf(Scope& scope, Dimension dimension, int) {
  std::vector<std::string> known;
  for (const Atom& atom : scope.atoms)
    if (atom.dimension == dimension) known.push_back(atom.text);
  if (!known.empty() && !scope.random->one_in(4)) return scope.random->pick(known);
  if (scope.parameters != nullptr && scope.random->one_in(2))
    return use_parameter(scope, dimension);
  return write_literal(dimension, *scope.random);
}

std::string sum(Scope& scope, Dimension dimension, int depth) {
  const std::string left = write_number(scope, dimension, depth);
  const std::string right = write_number(scope, dimension, depth);
  return fmt::format("({} {} {})", left, scope.random->word({"+", "-"}), right);
}

std::string product(Scope& scope, Dimension dimension, int depth) {
  const std::string factor = write_number(scope, Dimension::None, depth);
  return fmt::format("({} * {})", factor, write_number(scope, dimension, depth));
}

// Mostly by what cannot be 0.
std::string quotient(Scope& scope, Dimension dimension, int depth) {
  const std::string above = write_number(scope, dimension, depth);
  const std::string below = write_number(scope, Dimension::None, depth);
  if (scope.random->one_in(25)) return fmt::format("({} / {})", above, below);
  return fmt::format("({} / (1 + abs({})))", above, below);
}

std::string opposite(Scope& scope, Dimension dimension, int depth) {
  return fmt::format("(-{})", write_number(scope, dimension, depth));
}

std::string smaller_or_larger(Scope& scope, Dimension dimension, int depth) {
  const std::string one = write_number(scope, dimension, depth);
  const std::string other = write_number(scope, dimension, depth);
  return fmt::format("{}({}, {})", scope.random->word({"min", "max"}), one, other);
}

std::string size(Scope& scope, Dimension dimension, int depth) {
  return fmt::format("abs({})", write_number(scope, dimension, depth));
}

std::string choice(Scope& scope, Dimension dimension, int depth) {
  const std::string condition = write_condition(scope, depth);
  const std::string yes = write_number(scope, dimension, depth);
  return fmt::format("(if {}: {} else: {})", condition, yes, write_number(scope, dimension, depth));
}

std::string remainder(Scope& scope, Dimension dimension, int depth) {
  const std::string number = write_number(scope, dimension, depth);
  return fmt::format("({} mod ({}))", number, write_literal(dimension, *scope.random));
}

// What only numbers without a dimension have.
std::string function(Scope& scope, Dimension, int depth) {
  static constexpr std::array kFunctions = {
      "exp(-abs({}))", "ln(1 + abs({}))", "log1p(abs({}))", "expm1(min({}, 2))", "logistic({})",
      "softplus({})",  "tanh({})",        "sin({})",        "cos({})",           "sqrt(abs({}))",
      "floor({})",     "round({})",       "exp(min({}, 3))"};
  const std::string argument = write_number(scope, Dimension::None, depth);
  const auto which = static_cast<std::size_t>(scope.random->below(kFunctions.size()));
  return fmt::format(fmt::runtime(kFunctions[which]), argument);
}

std::string declared_function(Scope& scope, Dimension dimension, int depth) {
  if (scope.functions.empty()) return function(scope, dimension, depth);
  const std::string name = scope.random->pick(scope.functions);
  return fmt::format("{}({})", name, write_number(scope, Dimension::None, depth));
}

std::string power(Scope& scope, Dimension, int depth) {
  const std::string base = write_number(scope, Dimension::None, depth);
  if (scope.random->one_in(3)) return fmt::format("(abs({}) ^ 0.5)", base);
  return fmt::format("({} ^ {})", base, scope.random->word({"2", "3", "2", "1", "(-1)"}));
}

std::string ratio(Scope& scope, Dimension, int depth) {
  const auto dimension = static_cast<Dimension>(scope.random->between(1, 3));
  const std::string above = write_number(scope, dimension, depth);
  std::string below = write_literal(dimension, *scope.random);
  return fmt::format("({} / ({}))", above, below);
}

std::string times_and_rates(Scope& scope, Dimension, int depth) {
  const std::string time = write_number(scope, Dimension::Time, depth);
  return fmt::format("({} * {})", time, write_number(scope, Dimension::Frequency, depth));
}

std::string steps_as_number(Scope& scope, Dimension, int) {
  if (scope.steps.empty()) return write_literal(Dimension::None, *scope.random);
  const std::string duration = write_duration(scope.random->between(1, 20), scope.step_us);
  return fmt::format("({} / ({}))", scope.random->pick(scope.steps), duration);
}

std::string inverse_time(Scope& scope, Dimension, int depth) {
  const std::string number = write_number(scope, Dimension::None, depth);
  return fmt::format("({} / ({}))", number, write_literal(Dimension::Time, *scope.random));
}

constexpr std::array<Way<Write>, 9> kOfAnyDimension = {{{3, leaf},
                                                        {1, literal},
                                                        {4, sum},
                                                        {3, product},
                                                        {2, quotient},
                                                        {1, opposite},
                                                        {1, smaller_or_larger},
                                                        {1, remainder},
                                                        {2, choice}}};
constexpr std::array<Way<Write>, 7> kOfNumbers = {{{6, function},
                                                   {3, declared_function},
                                                   {1, power},
                                                   {2, ratio},
                                                   {1, times_and_rates},
                                                   {1, steps_as_number},
                                                   {1, size}}};

std::string compare_numbers(Scope& scope, int depth) {
  const auto dimension = scope.random->one_in(3)
                             ? static_cast<Dimension>(scope.random->between(1, 3))
                             : Dimension::None;
  const std::string left = write_number(scope, dimension, depth);
  const std::string sign = scope.random->word({"<", "<=", ">", ">=", "<", ">", "==", "!="});
  return fmt::format("{} {} {}", left, sign, write_number(scope, dimension, depth));
}

std::string compare_steps(Scope& scope, int depth) {
  if (scope.steps.empty()) return compare_numbers(scope, depth);
  const std::string left = scope.random->pick(scope.steps);
  const std::string sign = scope.random->word({"<", "<=", ">", ">=", "==", "!="});
  if (scope.random->one_in(3))
    return fmt::format("{} {} {}", left, sign, scope.random->pick(scope.steps));
  return fmt::format("{} {} {}", left, sign,
                     write_duration(scope.random->between(1, 12), scope.step_us));
}

std::string known_truth(Scope& scope, int depth) {
  if (scope.truths.empty()) return compare_numbers(scope, depth);
  return scope.random->pick(scope.truths);
}

std::string join_conditions(Scope& scope, int depth) {
  const std::string left = write_condition(scope, depth);
  const std::string right = write_condition(scope, depth);
  return fmt::format("({}) {} ({})", left, scope.random->word({"and", "or"}), right);
}

std::string negation(Scope& scope, int depth) {
  return fmt::format("not ({})", write_condition(scope, depth));
}

constexpr std::array<Way<std::string(Scope&, int)>, 5> kConditions = {{{4, compare_numbers},
                                                                       {2, compare_steps},
                                                                       {3, known_truth},
                                                                       {1, join_conditions},
                                                                       {1, negation}}};

}  // namespace

std::string write_number(Scope& scope, Dimension dimension, int depth) {
  if (depth <= 0) return leaf(scope, dimension, 0);
  Write* write = choose(kOfAnyDimension, *scope.random);
  if (dimension == Dimension::None && scope.random->one_in(2))
    write = choose(kOfNumbers, *scope.random);
  if (dimension == Dimension::Frequency && scope.random->one_in(3)) write = inverse_time;
  return write(scope, dimension, depth - 1);
}

std::string write_condition(Scope& scope, int depth) {
  if (depth <= 0) return known_truth(scope, 0);
  return choose(kConditions, *scope.random)(scope, depth - 1);
}

std::string write_bounded(Scope& scope, int depth) {
  const std::string number = write_number(scope, Dimension::None, depth);
  switch (scope.random->below(3)) {
    case 0:
      return fmt::format("tanh({})", number);
    case 1:
      return fmt::format("max(-1, min(1, {}))", number);
    default:
      return fmt::format("sin({})", number);
  }
}

}  // namespace bouton::fuzz
