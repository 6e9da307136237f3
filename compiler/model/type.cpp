#include "compiler/model/type.h"

#include "compiler/base/check.h"
#include "compiler/units/coherent_unit.h"

namespace bouton::model {

namespace {

std::string describe_element(const Type& type) {
  switch (type.kind) {
    case Kind::Real:
      return type.dimension.dimensionless() ? "number" : units::describe(type.dimension);
    case Kind::Boolean:
      return "truth value";
    case Kind::Steps:
      return "steps";
    case Kind::Text:
      return "text";
    case Kind::Function:
      return "function";
    case Kind::List:
      return "list";
    case Kind::Record:
      return "record";
    case Kind::Spikes:
      return "spikes";
  }
  BOUTON_UNREACHABLE("kind of a type");
}

std::string describe_rank(std::optional<int> rank) {
  if (!rank) return " of any rank";
  switch (*rank) {
    case 0:
      return "";
    case 1:
      return " vector";
    case 2:
      return " matrix";
    default:
      return " of rank " + std::to_string(*rank);
  }
}

// Functions, lists, records and spikes are no arrays.
bool has_rank(Kind kind) {
  return kind == Kind::Real || kind == Kind::Boolean || kind == Kind::Steps || kind == Kind::Text;
}

}  // namespace

std::string unit_of(const Type& type) {
  const bool has_unit = type.kind == Kind::Real && !type.generic && !type.dimension.dimensionless();
  return has_unit ? units::print_coherent_unit(type.dimension) : "";
}

std::string describe(const Type& type) {
  const std::string rank = has_rank(type.kind) ? describe_rank(type.rank) : "";
  return (type.generic ? "generic " : "") + describe_element(type) + rank;
}

}  // namespace bouton::model
