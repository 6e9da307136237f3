// What the checker knows of an expression while it reads: like model::Type, with dimensions that
// may still be open and with the parts of lists, tuples and records.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/check/dimension_solver.h"
#include "compiler/model/expr.h"
#include "compiler/model/type.h"

namespace bouton::check {

struct Type {
  // Nothing after an error: such a type fits everywhere, so that one mistake gives one message.
  std::optional<model::Kind> kind;
  DimensionTerm dimension;
  std::optional<int> rank;  // nothing when it depends on parameters or data
  // Of a List: the type of every element, or of each place when it is a tuple; empty if unknown.
  // Of a Record: those of its fields.
  std::vector<Type> elements;
  bool tuple = false;
  std::vector<std::string> fields;
};

// An expression of the model with what is known of it. `expr.type` is final only in the second
// pass, see Note [Two passes] in two_passes.h.
struct Typed {
  model::Expr expr;
  Type type;
};

[[nodiscard]] inline Type unknown_type() { return {}; }
[[nodiscard]] inline Type real(DimensionTerm dimension, std::optional<int> rank = 0) {
  return {model::Kind::Real, std::move(dimension), rank, {}, false, {}};
}
[[nodiscard]] inline Type of_kind(model::Kind kind, std::optional<int> rank = 0) {
  return {kind, kind == model::Kind::Steps ? units::kTime : units::kNone, rank, {}, false, {}};
}
[[nodiscard]] Type list_of(Type element);
[[nodiscard]] Type tuple_of(std::vector<Type> elements);

[[nodiscard]] inline bool is_unknown(const Type& type) { return !type.kind; }
[[nodiscard]] inline bool is_kind(const Type& type, model::Kind kind) { return type.kind == kind; }

// What a loop over such a value binds: a row, an element; nothing for a scalar.
[[nodiscard]] std::optional<Type> element_of(const Type& sequence);

// A type of a generic declaration as one use of it sees it.
[[nodiscard]] Type instantiate(const Type& type, Instance& instance);

[[nodiscard]] model::Type to_model(const Type& type, const DimensionSolver& solver);

// "a voltage", "a number without dimension", "a truth value", "a number of steps", …
[[nodiscard]] std::string describe(const Type& type, const DimensionSolver& solver);

// Both, where one was expected to be like the other. Dimensions that are not known yet may be known
// to differ by a factor: "a number of some dimension", "a number of that dimension times time".
struct TypesInWords {
  std::string first;
  std::string second;
};
[[nodiscard]] TypesInWords describe_apart(const Type& first, const Type& second,
                                          const DimensionSolver& solver);

// The placeholder of an expression with an error.
[[nodiscard]] Typed unknown_at(source::Span span);

template <typename Node>
[[nodiscard]] Typed typed(source::Span span, Node node, Type type, const DimensionSolver& solver) {
  model::Type known = to_model(type, solver);
  return {{span, known, std::move(node)}, std::move(type)};
}

}  // namespace bouton::check
