// `net.pyr[l].u` in an expression or as the target of an assignment.
#pragma once

#include "compiler/elaborate/builder.h"

namespace bouton::elaborate {

enum class QuantityUse : std::uint8_t { Read, Assign, Spikes, Replay };

// Whether the expression names a member of a family or circuit.
[[nodiscard]] bool names_member(const model::Expr& expr);

// Puts numbers for indices that are known. If all are, reports what is not there: the member, its
// variable, its spikes; and what cannot be assigned.
void resolve_quantity(model::Quantity& quantity, source::Span span, QuantityUse use,
                      Builder& builder);

// What `target` of an assignment or `clip` stands for: itself, or for a slice or whole family one
// for each member. `value` is what is assigned to it, if anything: sites of its random numbers are
// the members'.
struct TargetMember {
  model::Expr target;
  std::optional<model::Expr> value;
};
[[nodiscard]] std::vector<TargetMember> members_of_target(const model::Expr& target,
                                                          const std::optional<model::Expr>& value,
                                                          Builder& builder);

}  // namespace bouton::elaborate
