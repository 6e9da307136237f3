#include "tests/support/programs/window.h"

#include <fmt/format.h>

#include <array>

#include "tests/support/programs/expression.h"

namespace bouton::fuzz {

namespace {

using Write = std::string(Scope&, const Atom& target);

// What multiplies a window: of parameters only.
std::string amplitude(Scope& scope, const Atom& target) {
  const std::string small = scope.random->word({"0.1", "0.03", "1", "0.25"});
  if (target.dimension == Dimension::None && scope.random->one_in(2))
    return fmt::format("{} * {}", small, use_parameter(scope, Dimension::None));
  return fmt::format("{} * {}", small, target.dimension == Dimension::None ? "0.5" : "1 mV");
}

std::string sign(Scope& scope) { return scope.random->word({"+=", "-="}); }

std::string triangle(Scope& scope, const Atom& target) {
  const std::string end = use_duration(scope, 8);
  return fmt::format("{} {} {} * max(0, 1 - abs(dt)/({}))\n", target.text, sign(scope),
                     amplitude(scope, target), end);
}

std::string cut(Scope& scope, const Atom& target) {
  const std::string end = use_duration(scope, 8);
  Scope inside = scope;
  inside.steps.emplace_back("dt");
  return fmt::format("if abs(dt) {} {} {{\n{} {} {} * {}\n}}\n", scope.random->word({"<", "<="}),
                     end, target.text, sign(scope), amplitude(scope, target),
                     write_bounded(inside, 2));
}

std::string one_sided(Scope& scope, const Atom& target) {
  const std::string end = use_duration(scope, 8);
  return fmt::format(
      "if dt > 0 and dt < {} {{\n{} {} {} * exp(-dt/({}))\n}}\n"
      "if dt == 0 {{\n{} {} {}\n}}\n",
      end, target.text, sign(scope), amplitude(scope, target), end, target.text, sign(scope),
      amplitude(scope, target));
}

// coefficient * age^power * exp(-age/tau), with age = `age` > 0
std::string term(Scope& scope, const Atom& target, const std::string& age) {
  const std::string tau = use_duration(scope, 12);
  const std::string decay = fmt::format("exp(-{}/({}))", age, tau);
  const std::string front = amplitude(scope, target);
  switch (scope.random->below(4)) {
    case 0:
      return fmt::format("{} * ({}/({})) * {}", front, age, tau, decay);
    case 1:
      return fmt::format("{} * (1 - {}/({})) * {}", front, age, tau, decay);
    case 2:
      return fmt::format("{} * ({}/({}))^2 * {}", front, age, tau, decay);
    default:
      return fmt::format("{} * {}", front, decay);
  }
}

std::string terms(Scope& scope, const Atom& target, const std::string& age) {
  std::string text = term(scope, target, age);
  if (scope.random->one_in(3)) text += " - " + term(scope, target, age);
  return text;
}

std::string by_sign(Scope& scope, const Atom& target) {
  std::string text;
  if (!scope.random->one_in(4))
    text += fmt::format("if dt > 0 {{\n{} {} {}\n}}\n", target.text, sign(scope),
                        terms(scope, target, "dt"));
  if (text.empty() || !scope.random->one_in(4))
    text += fmt::format("if dt < 0 {{\n{} {} {}\n}}\n", target.text, sign(scope),
                        terms(scope, target, "(-dt)"));
  if (scope.random->one_in(2))
    text += fmt::format("if dt == 0 {{\n{} {} {}\n}}\n", target.text, sign(scope),
                        amplitude(scope, target));
  return text;
}

std::string symmetric(Scope& scope, const Atom& target) {
  return fmt::format("{} {} {}\n", target.text, sign(scope), terms(scope, target, "abs(dt)"));
}

std::string by_choice(Scope& scope, const Atom& target) {
  return fmt::format("{} {} if dt > 0: {} else: {}\n", target.text, sign(scope),
                     terms(scope, target, "dt"), terms(scope, target, "abs(dt)"));
}

constexpr std::array<Way<Write>, 3> kEnding = {{{1, triangle}, {1, cut}, {1, one_sided}}};
constexpr std::array<Way<Write>, 3> kDecaying = {{{2, by_sign}, {1, symmetric}, {1, by_choice}}};

}  // namespace

std::string write_ending_window(Scope& scope, const Atom& target) {
  return choose(kEnding, *scope.random)(scope, target);
}

std::string write_decaying_window(Scope& scope, const Atom& target) {
  return choose(kDecaying, *scope.random)(scope, target);
}

}  // namespace bouton::fuzz
