// Everything that a running network remembers between two steps, stored the plain way: one slot per
// symbol and neuron, one per symbol and synapse, every spike since the last reset.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <vector>

#include "compiler/elaborate/network.h"
#include "compiler/elaborate/pair_window.h"
#include "compiler/elaborate/scalar.h"
#include "compiler/elaborate/steps.h"
#include "compiler/interpret/hazard_clock.h"
#include "compiler/interpret/window_trace.h"
#include "runtime/base/run_errors.h"
#include "runtime/random/stream.h"
#include "runtime/tensor/tensor.h"

namespace bouton::interpret {

using elaborate::ClockId;
using elaborate::Frame;
using elaborate::FunctionValue;
using elaborate::kNever;
using elaborate::Network;
using elaborate::Outcome;
using elaborate::PopulationId;
using elaborate::Problem;
using elaborate::ProjectionId;
using elaborate::Slot;

// Slots of one declaration's symbols for each of `elements` neurons or synapses.
class SlotTable {
 public:
  SlotTable() = default;
  SlotTable(std::size_t elements, std::size_t symbols)
      : symbols_(symbols), slots_(elements * symbols) {}
  [[nodiscard]] Slot* row(std::size_t element) { return slots_.data() + element * symbols_; }
  [[nodiscard]] const Slot* row(std::size_t element) const {
    return slots_.data() + element * symbols_;
  }
  [[nodiscard]] Slot& at(std::size_t element, model::SymbolId symbol) {
    return row(element)[symbol.value];
  }
  [[nodiscard]] const Slot& at(std::size_t element, model::SymbolId symbol) const {
    return row(element)[symbol.value];
  }
  [[nodiscard]] std::size_t symbols() const { return symbols_; }
  [[nodiscard]] std::size_t elements() const {
    return symbols_ == 0 ? 0 : slots_.size() / symbols_;
  }

 private:
  std::size_t symbols_ = 0;
  std::vector<Slot> slots_;
};

// A recorded tape in place of random numbers.
struct RecordedTape {
  runtime::Tensor rows;  // [rows, neurons]
  source::Span numbers;  // of the `replay`: its numbers, and all of it
  source::Span statement;

  [[nodiscard]] std::int64_t length() const { return static_cast<std::int64_t>(rows.shape()[0]); }
};
using Tape = std::optional<RecordedTape>;

struct NoiseState {
  const model::Noise* noise = nullptr;
  runtime::random::StreamId stream;
  Tape tape;
};

// Predefined symbols, whether the neuron's text uses them or only the experiment or a rule does.
// Invalid where the neuron has none.
struct PredefinedSymbols {
  model::SymbolId time, since_spike, spiked, spike_probability;
};

// The samples of one moving average: those of the block that is being filled, and of the block
// before the sum of each sample with all after it.
struct AverageState {
  std::int64_t window = 1;  // samples in a block
  std::int64_t count = 0;   // taken since creation or reset
  std::vector<double> block = {};
  double sum = 0.0;  // of `block`
  std::vector<double> sums_before = {};
};

// `lowpass` or `highpass` of x for one neuron.
struct SignalState {
  double value = 0.0;   // y(k)
  double now = 0.0;     // x(k)
  double before = 0.0;  // x(k-1)
  bool has_before = false;
};

enum class FilterForm : std::uint8_t { MovingAverage, Lowpass, Highpass };
struct FilterState {
  model::SymbolId variable;
  FilterForm form = FilterForm::MovingAverage;
  const model::Call* call = nullptr;
  std::vector<AverageState> averages;  // [neuron], of a moving average
  std::vector<SignalState> signals;    // [neuron]
};

struct PopulationState {
  const elaborate::Population* population = nullptr;
  const model::Neuron* neuron = nullptr;
  PredefinedSymbols predefined;
  std::size_t size = 0;
  ClockId clock;
  // In step k: `now` holds what stage 2 knows (states x(k)), `before` the same of step k-1, `next`
  // the states on their way to x(k+1).
  SlotTable now, before, next;
  // What `before` was one step ago, two steps ago, …: as far back as delays reach.
  std::deque<SlotTable> past;
  std::vector<FilterState> filters;
  std::vector<const model::Expr*> derivatives;          // by symbol; null for other than states
  std::vector<std::optional<FunctionValue>> functions;  // by symbol
  std::vector<bool> assigned;                           // by symbol: a state set by the experiment
  std::vector<std::vector<std::int64_t>> spikes;        // per neuron: steps since the last reset
  std::vector<HazardClock> clocks;                      // of `spike at rate`
  std::vector<double> uniforms;                         // of `spike with probability`, this step
  runtime::random::StreamId spike_stream;
  Tape spike_tape;
  std::vector<NoiseState> noises;
  bool initialised = false;

  // What stage 2 of the step `delay` steps ago knew. Before the first step: initial values.
  [[nodiscard]] const SlotTable& at_delay(std::int64_t delay) const {
    if (delay == 0) return now;
    return delay == 1 ? before : past[static_cast<std::size_t>(delay - 2)];
  }
  [[nodiscard]] std::int64_t last_spike(std::size_t neuron_index) const {
    return spikes[neuron_index].empty() ? -kNever : spikes[neuron_index].back();
  }
  [[nodiscard]] bool spiked_at(std::size_t neuron_index, std::int64_t step) const;
};

// A declared trace of one synapse: its value at its last jump.
struct TraceBase {
  double value = 0.0;
  std::int64_t step = 0;
};

struct OnPairState {
  const model::OnPair* handler = nullptr;
  std::optional<elaborate::PairWindow> window;  // of `all` with a trace recurrence
  std::int64_t support = kNever;                // of `all` without: longest |dt| in steps
  std::vector<WindowTraces> traces;             // [synapse], of `window`
};

struct RuleState {
  const elaborate::Projection* projection = nullptr;
  const elaborate::RuleInstance* instance = nullptr;
  const model::Rule* rule = nullptr;
  SlotTable slots;  // [synapse]; `w` is loaded from the projection
  std::vector<const model::Expr*> derivatives;
  std::vector<std::optional<FunctionValue>> functions;
  std::vector<bool> assigned;                  // by symbol: a state set by the experiment
  std::vector<std::vector<TraceBase>> traces;  // [trace][synapse]
  std::vector<std::optional<model::Expr>> trace_time_constants;  // pure decays; else Euler
  std::vector<OnPairState> pairs;  // in the order of the rule's `on pair` items
  bool acts_every_step = false;    // has `on step` or an equation
  // Of a rule that reads `prev(w)` or another of its own variables one step ago: w, states and
  // traces of stage 2 of this step and of the one before, [synapse].
  bool reads_past = false;
  bool has_past = false;
  SlotTable stage_two, before;
  // Arrivals before this step do not exist for pairs: a reset of the rule alone has forgotten them.
  std::int64_t first_seen = -kNever;
  bool initialised = false;
};

struct ProjectionState {
  const elaborate::Projection* projection = nullptr;
  std::size_t posts = 0;
  std::size_t pres = 0;
  ClockId clock;
  // [post, pre], 0 where there is no synapse. Of a tied projection: what the view shows now.
  std::vector<double> weights;
  std::vector<bool> exists;  // [post, pre]
  std::vector<RuleState> rules;
  std::int64_t first_seen = -kNever;  // spikes before this step were forgotten by a reset
  // Of a continuous variable with a dendritic delay D: the sums of the last D steps, oldest first.
  std::deque<std::vector<double>> under_way;

  [[nodiscard]] std::size_t synapse(std::size_t post, std::size_t pre) const {
    return post * pres + pre;
  }
};

// Which rules act in the current step, and which projections are silent.
struct Activity {
  std::vector<std::vector<bool>> learning;  // [projection][rule]
  std::vector<bool> silent;                 // [projection]
  std::vector<bool> silent_populations;
};

// The neuron or synapse whose expressions are being evaluated: what a problem is about.
struct Computing {
  const elaborate::Population* population = nullptr;
  const elaborate::Projection* projection = nullptr;
  std::size_t index = 0;  // of the neuron or synapse
};

// `normalise … every T`, from the statement on.
struct PeriodicNormalise {
  ProjectionId projection;
  bool per_post = true;
  double total = 0.0;
  std::int64_t every = 1;
};

struct NetworkState {
  const Network* network = nullptr;
  std::vector<std::int64_t> steps;  // k of each clock, never set back
  std::vector<bool> running;        // the clocks that the current run advances
  // The clock whose step is being computed, and its k.
  ClockId clock{0};
  std::int64_t step = 0;
  std::vector<PopulationState> populations;
  std::vector<ProjectionState> projections;
  std::vector<PeriodicNormalise> normalised;
  Activity activity;
  std::optional<Problem> problem;  // the first of the current step
  bool problem_is_located = false;
  Computing computing;

  PopulationState& population(PopulationId id) { return populations[id.value]; }
  ProjectionState& projection(ProjectionId id) { return projections[id.value]; }
  void turn_to(ClockId id) {
    clock = id;
    step = steps[id.value];
  }
  // Whether the current run advances this population or projection.
  template <typename Part>
  [[nodiscard]] bool runs(const Part& part) const {
    return running[part.clock.value];
  }
  // Whether it takes part in the step being computed.
  template <typename Part>
  [[nodiscard]] bool steps_now(const Part& part) const {
    return part.clock == clock;
  }
};

[[nodiscard]] NetworkState build_state(const Network& network);

// Tied weights show those they are tied to; called wherever weights have changed.
void update_views(NetworkState& state);

[[nodiscard]] inline Problem problem_at(source::Span span, runtime::RunError error) {
  return {span, std::move(error.message), std::move(error.hint)};
}
// Puts what was being computed, and the step, into a problem that does not name them yet.
void locate_problem(NetworkState& state);
// The first problem of a step that is about a neuron.
void complain(source::Span span, runtime::RunError error, const elaborate::Population& population,
              std::size_t index, NetworkState& state);

// What an expression of neuron `index` sees, and one of the rule at `synapse`. The frame points
// into the state; a problem found through it is about that neuron or synapse.
[[nodiscard]] Frame neuron_frame(const PopulationState& population, std::size_t index,
                                 NetworkState& state);
// As it was seen `delay` steps ago: what a rule reads across a delay.
[[nodiscard]] Frame delayed_frame(const PopulationState& population, std::size_t index,
                                  std::int64_t delay, NetworkState& state);
[[nodiscard]] Frame rule_frame(const RuleState& rule, std::size_t synapse, NetworkState& state);

}  // namespace bouton::interpret
