#include "compiler/check/type.h"

#include "compiler/base/check.h"

namespace bouton::check {

using model::Kind;

Type list_of(Type element) {
  Type list = of_kind(Kind::List, 1);
  list.elements.push_back(std::move(element));
  return list;
}

Type tuple_of(std::vector<Type> elements) {
  Type tuple = of_kind(Kind::List, 1);
  tuple.elements = std::move(elements);
  tuple.tuple = true;
  return tuple;
}

std::optional<Type> element_of(const Type& sequence) {
  if (is_unknown(sequence)) return unknown_type();
  if (sequence.kind == Kind::List)
    return sequence.tuple || sequence.elements.empty() ? unknown_type() : sequence.elements[0];
  if (sequence.kind == Kind::Record || sequence.kind == Kind::Function || sequence.rank == 0)
    return std::nullopt;
  Type element = sequence;
  if (element.rank) element.rank = *element.rank - 1;
  return element;
}

Type instantiate(const Type& type, Instance& instance) {
  Type copy = type;
  copy.dimension = instance(type.dimension);
  for (Type& element : copy.elements) element = instantiate(element, instance);
  return copy;
}

model::Type to_model(const Type& type, const DimensionSolver& solver) {
  model::Type known;
  known.kind = type.kind.value_or(Kind::Real);
  known.rank = type.rank;
  const auto dimension = solver.value(type.dimension);
  known.dimension = dimension.value_or(units::kNone);
  known.generic = !dimension.has_value();
  return known;
}

namespace {

std::string describe_real(const Type& type, const DimensionSolver& solver) {
  const auto dimension = solver.value(type.dimension);
  if (!dimension) return "a number";
  if (dimension->dimensionless()) return "a number without dimension";
  const std::string name = units::describe(*dimension);
  const bool is_word = name.find_first_of("/*^(") == std::string::npos;
  if (!is_word) return "a value of dimension " + name;
  return "a " + name;
}

std::string_view describe_kind(Kind kind) {
  switch (kind) {
    case Kind::Real:
      return "a number";
    case Kind::Boolean:
      return "a truth value";
    case Kind::Steps:
      return "a time in steps";
    case Kind::Text:
      return "a text";
    case Kind::Function:
      return "a function";
    case Kind::List:
      return "a list";
    case Kind::Record:
      return "a record";
    case Kind::Spikes:
      return "a list of spikes";
  }
  BOUTON_UNREACHABLE("all kinds are listed");
}

std::string describe_array(int rank) {
  if (rank == 1) return "a vector";
  if (rank == 2) return "a matrix";
  return "an array of rank " + std::to_string(rank);
}

}  // namespace

std::string describe(const Type& type, const DimensionSolver& solver) {
  if (!type.kind) return "unknown";
  if (type.kind == Kind::List && type.tuple) return "a tuple";
  const bool array = type.rank.value_or(0) > 0;
  const bool of_values = type.kind == Kind::Real || type.kind == Kind::Boolean ||
                         type.kind == Kind::Text || type.kind == Kind::Steps;
  const std::string element = type.kind == Kind::Real ? describe_real(type, solver)
                                                      : std::string(describe_kind(*type.kind));
  if (!array || !of_values) return element;
  const auto dimension = solver.value(type.dimension);
  if (type.kind == Kind::Real && dimension && !dimension->dimensionless())
    return describe_array(*type.rank) + " of " + units::describe(*dimension);
  if (type.kind != Kind::Real) return describe_array(*type.rank) + " of " + element.substr(2) + "s";
  return describe_array(*type.rank);
}

TypesInWords describe_apart(const Type& first, const Type& second, const DimensionSolver& solver) {
  TypesInWords words{describe(first, solver), describe(second, solver)};
  const bool numbers = first.kind == Kind::Real && second.kind == Kind::Real;
  if (!numbers || words.first != words.second || solver.value(first.dimension)) return words;
  const auto factor = solver.value(second.dimension / first.dimension);
  if (!factor) return {"a number of one dimension", "a number of another"};
  return {"a number of some dimension",
          "a number of that dimension times " + units::describe(*factor)};
}

Typed unknown_at(source::Span span) {
  return {{span, model::scalar(), model::Number{0}}, unknown_type()};
}

}  // namespace bouton::check
