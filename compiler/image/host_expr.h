// Host expressions of a plan as the runtime's.
#pragma once

#include "compiler/plan/plan.h"
#include "runtime/program/expression.h"

namespace bouton::image {

[[nodiscard]] runtime::Place place_of(source::Span span);
// Of a matrix on these axes: those that the projection does not have.
[[nodiscard]] runtime::MissingSynapses missing_synapses(const plan::Plan& plan,
                                                        const std::vector<plan::AxisId>& axes);
[[nodiscard]] runtime::HostExpr translate(const plan::Plan& plan, const plan::HostExpr& expr);
[[nodiscard]] runtime::HostExprs translate_all(const plan::Plan& plan,
                                               const std::vector<plan::HostExpr>& exprs);

}  // namespace bouton::image
