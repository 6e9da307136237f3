// `z.bias`, `W.w`, `W.hebb.c` of the experiment: reading them as arrays and assigning them.
#pragma once

#include "compiler/elaborate/evaluate.h"
#include "compiler/interpret/state.h"
#include "compiler/model/expr.h"
#include "runtime/tensor/value.h"

namespace bouton::interpret {

// [size] of a population, [n_post, n_pre] of a projection and its rules. While a step is observed,
// states of neurons are those of k+1 (`next`); else they are in `now`.
enum class When : std::uint8_t { BetweenSteps, Observing };
[[nodiscard]] Outcome<runtime::Value> read_quantity(const model::Quantity& quantity,
                                                    source::Span span, When when,
                                                    const NetworkState& state);

// Before a variable is read between runs: from creation or `reset` to the next run it is what it
// would begin with now. A problem if that cannot be computed.
[[nodiscard]] std::optional<Problem> show_initial_value(const model::Quantity& quantity,
                                                        NetworkState& state);

// A scalar for every element, or an array of the owner's shape; missing synapses ignore it.
[[nodiscard]] std::optional<Problem> write_quantity(const model::Quantity& quantity,
                                                    source::Span span, const runtime::Value& value,
                                                    NetworkState& state);

// The quantity with numbers for family indices, whatever they depend on.
[[nodiscard]] Outcome<model::Quantity> with_known_indices(const model::Quantity& quantity,
                                                          elaborate::Environment& environment);

// The projection of `W.w`; nothing if it is none.
[[nodiscard]] std::optional<ProjectionId> find_projection(const model::Quantity& quantity,
                                                          const NetworkState& state);

// The population that `count(z)`, `spikes(z)` and `replay z.spike` name.
[[nodiscard]] PopulationState* find_population(const model::Quantity& quantity,
                                               NetworkState& state);

}  // namespace bouton::interpret
