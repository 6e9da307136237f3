// Where the columns of a trace lie, and the kernels and items that change them there.
#pragma once

#include "compiler/lower/rule.h"

namespace bouton::lower {

// Of the whole population of one side, or of the synapses.
[[nodiscard]] plan::AxisId axis_of(const Lowering& lowering, const RuleAt& at, model::Side side);

// The axes of a column that is stored once per neuron of `side`, or once per synapse.
[[nodiscard]] std::vector<plan::AxisId> trace_axes(const Lowering& lowering, const RuleAt& at,
                                                   std::optional<model::Side> side);
// Its value, as a kernel at `at` sees it.
[[nodiscard]] plan::ValueId load_trace_column(const RuleAt& at, plan::ColumnId column,
                                              std::optional<model::Side> side, Emitter& emit);
// A kernel over its axes.
[[nodiscard]] plan::KernelBuilder trace_kernel(Lowering& lowering, const RuleAt& at,
                                               std::string name);
// Executes it where a neuron of `by` spikes, whether the rule learns or not.
[[nodiscard]] plan::Item at_spikes(Lowering& lowering, const RuleAt& at, model::Side by,
                                   plan::KernelId kernel);

// Whether an expression or body has the same value for all synapses of one neuron of `side`.
[[nodiscard]] bool belongs_to(const Lowering& lowering, const RuleAt& at, model::Side side,
                              const model::Expr& expr);
[[nodiscard]] bool belongs_to(const Lowering& lowering, const RuleAt& at, model::Side side,
                              const model::HandlerBody& body);

}  // namespace bouton::lower
