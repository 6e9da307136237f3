#include <fmt/format.h>

#include "compiler/base/check.h"
#include "compiler/model/dump_parts.h"
#include "compiler/units/unit.h"

namespace bouton::model {

namespace {

const CircuitInstance* find_instance(const Body& body, SymbolId symbol);

// Instances may stand in an `if` or `for` that is expanded at compile time.
const CircuitInstance* find_instance(const Stmt& stmt, SymbolId symbol) {
  if (const auto* instance = std::get_if<CircuitInstance>(&stmt.node))
    return instance->symbol == symbol ? instance : nullptr;
  if (const auto* loop = std::get_if<For>(&stmt.node)) return find_instance(loop->body, symbol);
  const auto* choice = std::get_if<If>(&stmt.node);
  if (choice == nullptr) return nullptr;
  const CircuitInstance* found = find_instance(choice->when_true, symbol);
  return found != nullptr ? found : find_instance(choice->when_false, symbol);
}

const CircuitInstance* find_instance(const Body& body, SymbolId symbol) {
  for (const Stmt& stmt : body)
    if (const CircuitInstance* found = find_instance(stmt, symbol)) return found;
  return nullptr;
}

// The coherent unit of a dimension, if it has a name: ms, mV, pA, nS, …
std::string spell_unit(const units::Dimension& dimension) {
  if (dimension.dimensionless()) return "";
  for (const units::Unit& unit : units::units())
    if (unit.dimension == dimension && unit.multiplier == 1 && unit.power_of_ten == 0)
      return fmt::format(" {}", unit.name);
  return fmt::format(" {{{}}}", units::describe(dimension));
}

}  // namespace

const std::string& name_of(SymbolId symbol, const Place& place) { return place.scope[symbol].name; }

std::string owner_name(const std::optional<SymbolId>& circuit, SymbolId owner, const Place& place) {
  if (!circuit) return name_of(owner, place);
  BOUTON_CHECK(place.instances != nullptr, "a circuit is named outside of experiments");
  const CircuitInstance* instance = find_instance(*place.instances, *circuit);
  BOUTON_CHECK(instance != nullptr, "a circuit is named that is not declared");
  const Circuit& declaration = place.program.circuits[instance->circuit];
  return name_of(*circuit, place) + "." + declaration.scope[owner].name;
}

std::string declared(SymbolId symbol, const Place& place) {
  const Symbol& named = place.scope[symbol];
  return named.name + ": " + describe(named.type);
}

std::string names_of(const std::vector<SymbolId>& symbols, const Place& place) {
  std::string text;
  for (const SymbolId symbol : symbols) text += (text.empty() ? "" : ", ") + name_of(symbol, place);
  return text;
}

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char letter : text) {
    if (letter == '\n')
      result += "\\n";
    else if (letter == '\t')
      result += "\\t";
    else if (letter == '"' || letter == '\\')
      result.append("\\") += letter;
    else
      result += letter;
  }
  return result + "\"";
}

std::string spell_number(double value, const Type& type) {
  if (type.kind == Kind::Steps) return fmt::format("{} steps", value);
  return fmt::format("{}{}", value, spell_unit(type.dimension));
}

std::string_view spelling_of(AssignOp op) {
  switch (op) {
    case AssignOp::Set:
      return "=";
    case AssignOp::Add:
      return "+=";
    case AssignOp::Subtract:
      return "-=";
    case AssignOp::Multiply:
      return "*=";
    case AssignOp::Divide:
      return "/=";
  }
  BOUTON_UNREACHABLE("assignment");
}

std::string_view spelling_of(Side side) {
  switch (side) {
    case Side::Pre:
      return "pre";
    case Side::Post:
      return "post";
  }
  BOUTON_UNREACHABLE("side of a synapse");
}

std::string_view spelling_of(Sign sign) {
  switch (sign) {
    case Sign::Excitatory:
      return "excitatory";
    case Sign::Inhibitory:
      return "inhibitory";
  }
  BOUTON_UNREACHABLE("sign of a synapse");
}

}  // namespace bouton::model
