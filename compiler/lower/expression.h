// Expressions of neurons, synapses and rules as values of a kernel: the expression tree as it is
// written, operation by operation (elaborate/scalar.h gives it its meaning).
#pragma once

#include <functional>

#include "compiler/lower/emitter.h"

namespace bouton::lower {

// What the names of one declaration stand for inside a kernel. Functions that cannot be needed are
// left empty.
struct Names {
  const model::Scope* scope = nullptr;
  std::function<Value(model::SymbolId, source::Span)> value;
  std::function<Value(model::SymbolId, source::Span)> previous;
  std::function<Value(model::SymbolId, source::Span)> slope;
  std::function<Value(const model::PartnerField&, source::Span)> partner;
  std::function<Value(const model::Quantity&, source::Span)> quantity;  // in observations
  const FunctionValues* functions = nullptr;  // parameters that stand for functions
};

// A real, a number of steps or a truth value, as its type says.
[[nodiscard]] Value lower_expression(const model::Expr& expr, const Names& names, Emitter& emit);

// A truth value counts as 1 or 0.
[[nodiscard]] Value lower_number(const model::Expr& expr, const Names& names, Emitter& emit);

// A time or a number of steps, as steps.
[[nodiscard]] Value lower_duration(const model::Expr& expr, const Names& names, Emitter& emit);

}  // namespace bouton::lower
