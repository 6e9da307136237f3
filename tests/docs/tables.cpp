#include "tests/docs/tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <map>
#include <string_view>
#include <vector>

#include "compiler/base/check.h"
#include "compiler/model/builtins.h"
#include "compiler/units/unit.h"

namespace bouton::docs {

namespace {

std::string count_in_words(const model::Builtin& builtin) {
  if (builtin.max_arguments < 0) return fmt::format("{} or more", builtin.min_arguments);
  if (builtin.max_arguments == builtin.min_arguments) return std::to_string(builtin.min_arguments);
  return fmt::format("{} or {}", builtin.min_arguments, builtin.max_arguments);
}

std::string in_code(std::string_view words) {
  std::string result;
  std::size_t begin = 0;
  while (begin < words.size()) {
    const std::size_t end = std::min(words.find(' ', begin), words.size());
    result += fmt::format("{}`{}`", result.empty() ? "" : ", ", words.substr(begin, end - begin));
    begin = end + 1;
  }
  return result;
}

std::string_view place_of(model::Where where) {
  switch (where) {
    case model::Where::Anywhere:
      return "anywhere";
    case model::Where::Experiment:
      return "experiment";
    case model::Where::Neuron:
      return "neuron";
  }
  BOUTON_UNREACHABLE("all places are listed");
}

// `1`, `1000`, `10^-9`, `6 10^4`: how many coherent units.
std::string factor_of(const units::Unit& unit) {
  if (unit.power_of_ten == 0) return std::to_string(unit.multiplier);
  const std::string power = fmt::format("10^{}", unit.power_of_ten);
  return unit.multiplier == 1 ? power : fmt::format("{} · {}", unit.multiplier, power);
}

std::string_view coherent_unit_of(const units::Dimension& dimension) {
  for (const units::Unit& unit : units::units())
    if (unit.dimension == dimension && unit.multiplier == 1 && unit.power_of_ten == 0)
      return unit.name;
  return "";
}

std::string begin_of(const std::string& name) { return fmt::format("<!-- table: {} -->\n", name); }

}  // namespace

std::string render_functions() {
  std::string table = "| function | arguments | by name | where | |\n|---|---|---|---|---|\n";
  for (const model::Builtin& builtin : model::builtins())
    table += fmt::format("| `{}` | {} | {} | {} | {} |\n", builtin.name, count_in_words(builtin),
                         in_code(builtin.named), place_of(builtin.where), builtin.summary);
  return table;
}

std::string render_units() {
  std::string table = "| unit | is | of |\n|---|---|---|\n";
  for (const units::Unit& unit : units::units())
    table += fmt::format("| `{}` | {} {} | {} |\n", unit.name, factor_of(unit),
                         coherent_unit_of(unit.dimension), units::describe(unit.dimension));
  return table;
}

std::string render_types() {
  std::string table = "| type | coherent unit |\n|---|---|\n";
  for (const units::Quantity& quantity : units::quantities())
    table += fmt::format(
        "| `{}` | {} |\n", quantity.name,
        quantity.dimension.dimensionless() ? "1" : coherent_unit_of(quantity.dimension));
  return table;
}

std::string render_reducers() {
  struct Line {
    std::string_view name;
    std::string_view of;
    std::string_view summary;
  };
  constexpr std::string_view Value = "any quantity";
  constexpr std::string_view Spiking = "a population";
  constexpr std::string_view States = "a truth value of a population";
  constexpr auto kReducers = std::to_array<Line>({
#define BOUTON_REDUCER(name, reducer, what, added_rank, kind, summary) {#name, what, summary},
#include "compiler/check/reducers.def"
#undef BOUTON_REDUCER
  });
  std::string table = "| reducer | of | result |\n|---|---|---|\n";
  for (const Line& line : kReducers)
    table += fmt::format("| `{}` | {} | {} |\n", line.name, line.of, line.summary);
  return table;
}

std::string render_uninterpreted() {
  constexpr auto kRefused = std::to_array<std::string_view>({
#define BOUTON_UNSUPPORTED(name, what, hint) what,
#include "compiler/interpret/unsupported.def"
#undef BOUTON_UNSUPPORTED
  });
  std::string table;
  for (const std::string_view what : kRefused) table += fmt::format("- {}\n", what);
  return table;
}

std::string render_unlowered() {
  struct Line {
    std::string_view subject;
    std::string_view instead;
  };
  constexpr auto kRefused = std::to_array<Line>({
#define BOUTON_UNLOWERED(name, subject, hint, sample, capability) {subject, hint},
#include "compiler/lower/unlowered.def"
#undef BOUTON_UNLOWERED
  });
  std::string table = "| not compiled yet | instead |\n|---|---|\n";
  for (const Line& line : kRefused)
    table += fmt::format("| {} | {} |\n", line.subject, line.instead);
  return table;
}

std::optional<std::string> find_table(const std::string& markdown, const std::string& name) {
  const std::size_t begin = markdown.find(begin_of(name));
  if (begin == std::string::npos) return std::nullopt;
  const std::size_t first = begin + begin_of(name).size();
  const std::size_t end = markdown.find("<!-- end -->", first);
  if (end == std::string::npos) return std::nullopt;
  return markdown.substr(first, end - first);
}

void replace_table(const std::filesystem::path& document, const std::string& name,
                   const std::string& table) {
  std::ifstream stream(document, std::ios::binary);
  std::string markdown{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  const auto old = find_table(markdown, name);
  BOUTON_CHECK(old.has_value(), "the document has the table's comments");
  markdown.replace(markdown.find(begin_of(name)) + begin_of(name).size(), old->size(), table);
  std::ofstream(document, std::ios::binary) << markdown;
}

}  // namespace bouton::docs
