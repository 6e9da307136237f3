// The parts of declarations and statements that always stand on one line, as text.
#pragma once

#include <string>
#include <vector>

#include "compiler/ast/lines.h"

namespace bouton::ast {

[[nodiscard]] std::string text_of(const Instantiation& instantiation, ExpressionStyle style);
[[nodiscard]] std::string text_of(const Interval& interval, ExpressionStyle style);
[[nodiscard]] std::string text_of(const FamilyIndex& index, ExpressionStyle style);
[[nodiscard]] std::string text_of(const ProjectionClause& clause, ExpressionStyle style);
[[nodiscard]] std::string text_of(const Parameter& parameter, ExpressionStyle style);
[[nodiscard]] std::string text_of(const Observation& observation, ExpressionStyle style);
[[nodiscard]] std::string text_of(const Pairing& pairing, ExpressionStyle style);
// `: voltage`, or nothing.
[[nodiscard]] std::string text_of_type(const std::optional<Identifier>& type);
// `a, b`
[[nodiscard]] std::string text_of_list(const std::vector<Expr>& exprs, ExpressionStyle style);

}  // namespace bouton::ast
