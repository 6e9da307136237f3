// Traces of a rule in closed form: their value at the last jump (base) and the step of it (stamp),
// x(k) = base * exp(-((k - stamp)*timestep)/tau). Reading never writes. What depends on one side of
// a projection only is stored once per neuron of that side, everything else once per synapse.
#pragma once

#include "compiler/lower/rule.h"

namespace bouton::lower {

void add_trace(Lowering& lowering, const RuleAt& at, const model::TraceDecl& trace);

// The value at the step being executed; from its jump in stage Jump on, the one after it.
[[nodiscard]] Value read_trace(const RuleAt& at, const TraceParts& trace, Emitter& emit);

// Stage Jump, whether their rule learns or not: the traces of every rule in order of declaration,
// then those of its windows. To stand before anything else that jumps, so that they read their
// neurons as the step found them.
[[nodiscard]] std::vector<plan::Item> lower_trace_jumps(Lowering& lowering);

// exp(-(steps*timestep)/time_constant), in the order of elaborate::decay_factor.
[[nodiscard]] Value lower_decay(plan::ValueId steps, const Value& time_constant, Emitter& emit);

}  // namespace bouton::lower
