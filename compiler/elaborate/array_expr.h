// Literals, ranges, indices and fields of the experiment's expressions.
#pragma once

#include "compiler/elaborate/evaluate.h"
#include "runtime/tensor/access.h"

namespace bouton::elaborate {

[[nodiscard]] Outcome<runtime::Value> evaluate_array(const model::ArrayLiteral& array,
                                                     source::Span span, Environment& environment);
[[nodiscard]] Outcome<runtime::Value> evaluate_tuple(const model::TupleLiteral& tuple,
                                                     Environment& environment);
// A range that a loop goes through, without an array of its numbers.
[[nodiscard]] Outcome<runtime::Range> evaluate_ends(const model::Range& range, source::Span span,
                                                    Environment& environment);
[[nodiscard]] Outcome<runtime::Value> evaluate_range(const model::Range& range, source::Span span,
                                                     Environment& environment);
[[nodiscard]] Outcome<runtime::Value> evaluate_index(const model::Index& index, source::Span span,
                                                     Environment& environment);
[[nodiscard]] Outcome<runtime::Value> evaluate_field(const model::RecordField& field,
                                                     source::Span span, Environment& environment);

// `i`, `a .. b` between brackets.
[[nodiscard]] Outcome<std::vector<runtime::Subscript>> evaluate_subscripts(
    const std::vector<model::Expr>& indices, Environment& environment);

}  // namespace bouton::elaborate
