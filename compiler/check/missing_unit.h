// Which number of an expression lacks its unit: for the hints of messages about wrong dimensions.
#pragma once

#include <optional>

#include "compiler/check/context.h"

namespace bouton::check {

// A plain number of the text, or a parameter whose default is one.
struct WithoutUnit {
  double value = 0;
  std::optional<model::SymbolId> parameter;
  bool divides = false;  // stands below a fraction line
};

// Of the factors and divisors that an expression is made of, the number without unit that most
// likely lacks one: parameters before literals, divisors before factors, and those of a sum last.
[[nodiscard]] std::optional<WithoutUnit> find_without_unit(const model::Expr& expr,
                                                           const Context& context);

// The hint "a quantity needs its unit, such as `tau = 20 ms`", and where such a parameter is
// declared.
void explain_missing_unit(const WithoutUnit& number, units::Dimension dimension,
                          diagnostics::Report report, const Context& context);

// The same, where there is such a number in a value that should have the dimension of `place`.
void explain_missing_unit(const Typed& value, const Type& place, diagnostics::Report report,
                          const Context& context);

}  // namespace bouton::check
