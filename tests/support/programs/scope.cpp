#include "tests/support/programs/scope.h"

#include <fmt/format.h>

namespace bouton::fuzz {

namespace {

const char* unit_of(Dimension dimension, Random& random) {
  switch (dimension) {
    case Dimension::None:
      return "";
    case Dimension::Time:
      return random.one_in(6) ? " s" : " ms";
    case Dimension::Voltage:
      return random.one_in(6) ? " V" : " mV";
    case Dimension::Frequency:
      return random.one_in(3) ? " kHz" : " Hz";
  }
  return "";
}

std::string declare(Scope& scope, Dimension dimension, std::string initial, bool whole_steps) {
  const std::string name = fmt::format("q{}", scope.parameters->size());
  scope.parameters->push_back({name, std::move(initial), dimension, whole_steps});
  return name;
}

}  // namespace

std::string write_duration(int steps, int step_us) {
  return fmt::format("{} ms", steps * step_us / 1000.0);
}

std::string write_literal(Dimension dimension, Random& random) {
  static const std::vector<std::string> kNumbers = {"1",    "2",   "0.5",  "0.25", "3",  "0.1",
                                                    "0.01", "1.5", "0.75", "0.7",  "10", "0.003",
                                                    "5",    "1.3", "17",   "0.9"};
  const std::string unit = unit_of(dimension, random);
  if (dimension == Dimension::None && random.one_in(12)) return "0";
  if (dimension == Dimension::Frequency && unit == " Hz")
    return fmt::format("{}{}", random.between(1, 30) * 10, unit);
  return random.pick(kNumbers) + unit;
}

std::string use_parameter(Scope& scope, Dimension dimension) {
  std::vector<std::string> known;
  for (const Parameter& parameter : *scope.parameters)
    if (parameter.dimension == dimension) known.push_back(parameter.name);
  if (!known.empty() && !scope.random->one_in(3)) return scope.random->pick(known);
  std::string initial = write_literal(dimension, *scope.random);
  if (dimension == Dimension::None && initial == "0") initial = "0.125";
  return declare(scope, dimension, std::move(initial), false);
}

std::string use_duration(Scope& scope, int longest) {
  const std::string literal = write_duration(scope.random->between(1, longest), scope.step_us);
  if (scope.parameters == nullptr || scope.random->one_in(2)) return literal;
  return declare(scope, Dimension::Time, literal, true);
}

std::string write_parameters(const std::vector<Parameter>& parameters) {
  std::string text;
  for (const Parameter& parameter : parameters)
    text += (text.empty() ? "(" : ", ") + parameter.name + " = " + parameter.initial;
  return text.empty() ? text : text + ")";
}

}  // namespace bouton::fuzz
