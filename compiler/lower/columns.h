// Small helpers to add columns that belong to populations and rules.
#pragma once

#include <functional>
#include <string>

#include "compiler/lower/expression.h"

namespace bouton::lower {

// The type of a column that holds values of an expression's type.
[[nodiscard]] plan::Type column_type(const model::Type& type);

// A parameter's values at creation: a number, or an array of the owner's shape.
[[nodiscard]] plan::HostExpr literal(const runtime::Tensor& tensor);
// A scalar parameter as a constant of the code.
[[nodiscard]] Value constant(const runtime::Tensor& tensor, const model::Type& type);

struct NewColumn {
  std::string name;
  plan::Type type;
  std::vector<plan::AxisId> axes;
  plan::Role role = plan::Role::State;
  plan::Owner owner;
  plan::Initial initial;
  source::Span span;
  std::string reason{};
};
plan::ColumnId add_column(Lowering& lowering, NewColumn column);

// The first value of `column`: a constant where the expression has one, else a kernel over its
// axes. `names_in` gives the names as the kernel sees them.
using NamesIn = std::function<Names(Emitter&)>;
void set_initial(Lowering& lowering, plan::ColumnId column, const model::Expr& initial,
                 std::optional<plan::LinkId> link, const NamesIn& names_in);

}  // namespace bouton::lower
