#include "tests/support/programs/comparison.h"

#include <fmt/format.h>

#include <cmath>
#include <sstream>

#include "compiler/base/match.h"
#include "runtime/analysis/result_hash.h"

namespace bouton::fuzz {

namespace {

// The shortest digits that give the number back; every nan is the same one.
std::string print_number(double number) {
  return std::isnan(number) ? "nan" : fmt::format("{}", number);
}

std::string print_value(const runtime::Value& value) {
  std::string text;
  if (const auto* tensor = value.as<runtime::Tensor>())
    for (const double number : tensor->data()) text += " " + print_number(number);
  if (const auto* truth = value.as<bool>()) text = *truth ? " true" : " false";
  if (const auto* spikes = value.as<runtime::SpikeList>())
    for (std::size_t i = 0; i < spikes->size(); ++i)
      text += fmt::format(" {}@{}", spikes->neuron[i], spikes->step[i]);
  return text;
}

}  // namespace

std::string print_outcome(const runtime::ReplicaOutcome& outcome) {
  std::string text;
  if (outcome.problem) text += fmt::format("problem: at {}\n", outcome.problem->place.begin);
  for (const runtime::ResultTable& table : outcome.results.tables)
    for (std::size_t row = 0; row < table.rows.size(); ++row)
      for (std::size_t column = 0; column < table.names.size(); ++column)
        text += fmt::format("{}[{}]:{}\n", table.names[column], row,
                            print_value(table.rows[row][column]));
  for (const std::string& line : outcome.printed) text += "printed: " + line + "\n";
  return text + "hash: " + runtime::print_hash(runtime::hash_results(outcome.results)) + "\n";
}

std::string first_difference(const std::string& expected, const std::string& got) {
  std::istringstream left(expected);
  std::istringstream right(got);
  std::string one;
  std::string other;
  while (true) {
    const bool more = static_cast<bool>(std::getline(left, one));
    const bool others = static_cast<bool>(std::getline(right, other));
    if (!more && !others) return "";
    if (!more) one = "nothing";
    if (!others) other = "nothing";
    if (one != other) return fmt::format("interpreted {}\ncompiled    {}\n", one, other);
  }
}

}  // namespace bouton::fuzz
