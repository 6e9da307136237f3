#include "compiler/interpret/observe.h"

#include "compiler/interpret/quantities.h"
#include "compiler/interpret/reducers.h"
#include "runtime/analysis/states.h"

namespace bouton::interpret {

namespace {

using model::Reducer;
using runtime::Tensor;
using runtime::Value;

bool reads_spikes(Reducer reducer) {
  return reducer == Reducer::Count || reducer == Reducer::Spikes;
}

std::optional<Tensor> numbers_of(const Value& value) {
  if (const auto* tensor = value.as<Tensor>()) return *tensor;
  if (const auto* truth = value.as<bool>()) return Tensor(*truth ? 1.0 : 0.0);
  return std::nullopt;
}

std::uint64_t number_of_state(const Tensor& active) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < active.size(); ++i)
    if (active[i] != 0.0) number |= runtime::state_bit(i, active.size());
  return number;
}

}  // namespace

bool Observer::sampled(std::int64_t n) const { return n >= after_ && (n - after_) % every_ == 0; }

std::optional<Problem> Observer::observe(std::int64_t n, NetworkState& state,
                                         elaborate::Environment& environment) {
  if (reads_spikes(observation_.reducer)) {
    if (n >= after_) count_spikes(n, state);
    return std::nullopt;
  }
  if (!sampled(n)) return std::nullopt;
  return take_sample(environment);
}

void Observer::count_spikes(std::int64_t n, NetworkState& state) {
  const PopulationState* population = find_population(*spiking_, state);
  if (!state.running[population->clock.value]) return;
  const std::int64_t step = state.steps[population->clock.value];
  if (counts_.empty()) counts_.resize(population->size);
  for (std::size_t i = 0; i < population->size; ++i) {
    if (!population->spiked_at(i, step)) continue;
    counts_[i] += 1.0;
    if (observation_.reducer != Reducer::Spikes) continue;
    spikes_.step.push_back(n);
    spikes_.neuron.push_back(static_cast<std::int64_t>(i));
  }
}

Outcome<Tensor> Observer::look(elaborate::Environment& environment) const {
  const auto value = elaborate::evaluate(observation_.what, environment);
  if (!value) return value.problem();
  const auto numbers = numbers_of(*value);
  if (!numbers)
    return Problem{observation_.span,
                   "only numbers can be observed, not " + runtime::describe(*value), ""};
  return *numbers;
}

// A count for every state.
std::optional<Problem> Observer::make_room(const Tensor& active) {
  if (active.size() > runtime::kMostCountedNeurons)
    return Problem{observation_.span, "a histogram of states counts at most 24 neurons", ""};
  visits_.resize(std::size_t{1} << active.size());
  return std::nullopt;
}

std::optional<Problem> Observer::take_sample(elaborate::Environment& environment) {
  const auto numbers = look(environment);
  if (!numbers) return numbers.problem();
  if (observation_.reducer != Reducer::HistogramOfStates) {
    if (observation_.reducer == Reducer::Last) samples_.clear();
    samples_.push_back(*numbers);
    return std::nullopt;
  }
  if (auto problem = make_room(*numbers)) return problem;
  visits_[number_of_state(*numbers)] += 1;
  return std::nullopt;
}

Outcome<Value> Observer::finish(NetworkState& state, elaborate::Environment& environment) {
  if (observation_.reducer == Reducer::Spikes) return Value(std::move(spikes_));
  if (observation_.reducer == Reducer::Count) {
    counts_.resize(find_population(*spiking_, state)->size);
    return Value(Tensor::vector(std::move(counts_)));
  }
  if (observation_.reducer == Reducer::HistogramOfStates) {
    const auto active = look(environment);
    if (!active) return active.problem();
    if (auto problem = make_room(*active)) return *problem;
    return Value(Tensor::vector({visits_.begin(), visits_.end()}));
  }
  if (samples_.empty() && observation_.reducer != Reducer::Samples)
    return problem_at(observation_.span, runtime::nothing_observed());
  auto reduced = reduce(observation_.reducer, samples_);
  if (!reduced) return Problem{observation_.span, reduced.error().message, ""};
  return Value(*std::move(reduced));
}

Outcome<Observer> make_observer(const model::Observation& observation, NetworkState& state,
                                elaborate::Environment& environment) {
  std::int64_t every = 1;
  std::int64_t after = 0;
  if (observation.every) {
    const auto steps = elaborate::evaluate_duration(*observation.every, environment);
    if (!steps) return steps.problem();
    every = *steps;
  }
  if (observation.after) {
    const auto steps = elaborate::evaluate_duration(*observation.after, environment);
    if (!steps) return steps.problem();
    after = *steps;
  }
  if (every < 1) return problem_at(observation.every->span, runtime::period_too_short(every));
  if (after < 0) return problem_at(observation.after->span, runtime::start_before_run(after));
  if (!reads_spikes(observation.reducer)) return Observer(observation, {}, every, after);
  const auto spiking =
      with_known_indices(std::get<model::Quantity>(observation.what.node), environment);
  if (!spiking) return spiking.problem();
  if (find_population(*spiking, state) == nullptr)
    return Problem{observation.what.span, "there is no such population", ""};
  return Observer(observation, *spiking, every, after);
}

}  // namespace bouton::interpret
