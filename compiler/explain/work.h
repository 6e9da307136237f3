// How often an item of a step is executed, and what it costs then.
#pragma once

#include <set>
#include <vector>

#include "compiler/explain/cost.h"
#include "compiler/explain/explain.h"

namespace bouton::explain {

// The number of an axis's or a column's elements.
[[nodiscard]] std::int64_t length_of(const plan::Plan& plan, plan::AxisId axis);
[[nodiscard]] std::int64_t elements_of(const plan::Plan& plan, const plan::Column& column);
// How many spikes a history remembers.
[[nodiscard]] std::int64_t depth_of(const plan::Plan& plan, const plan::History& history);

struct Work {
  plan::Item item;
  // Nothing: as `when` says; else at each spike of one neuron.
  std::optional<plan::EventId> at;
  // The side of a projection on which the spiking neuron stands.
  enum class Role { Itself, Presynaptic, Postsynaptic } role = Role::Itself;
  std::int64_t elements = 1;  // neurons or synapses
  std::int64_t pairs = 0;     // at most, at each synapse; 0 where it is no matter of pairs
  Cost each;                  // of one element, or one pair
  Cost total;                 // at most
  // In every step that is executed; where one of `changing` has changed; for each pattern of one
  // of them, once a run, or, instead, looked up in the table of that; at each leap over quiet
  // steps.
  enum class When : std::uint8_t { Step, Change, Pattern, LookUp, Leap } when = When::Step;
  std::set<plan::ColumnId> changing{};
};

// In order of execution; observers are left out, leaps come last.
[[nodiscard]] std::vector<Work> work_of(const plan::Plan& plan, const plan::Schedule& schedule);

}  // namespace bouton::explain
