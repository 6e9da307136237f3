// The plan under construction and what the parts of the network have become in it. Passed along
// between the files of this folder; nobody else sees it.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/elaborate/network.h"
#include "compiler/elaborate/pair_window.h"
#include "compiler/lower/mentions.h"
#include "compiler/lower/unlowered.h"
#include "compiler/lower/value.h"
#include "compiler/plan/plan.h"

namespace bouton::lower {

using FunctionValues = std::vector<std::optional<elaborate::FunctionValue>>;  // by symbol

// Whether a replay stands before everything that runs or branches, so that every run reads the
// tape.
enum class ReplayTime : std::uint8_t { BeforeAllRuns, Late };

// `replay z.spike from A`: read in place of drawing.
struct Tape {
  plan::ColumnId rows;  // uniforms [row, neuron]
  // How many rows there are: for draws by ordinal, and where the replay may come behind a run,
  // until when it is -1.
  std::optional<plan::ColumnId> count;
};

// `y = moving_average(x, T)`, `lowpass(x, tau)`, `highpass(x, tau)`.
struct FilterParts {
  plan::ColumnId input;           // x, as stage 2 leaves it
  plan::MovingAverageId average;  // of a moving average
  // Of the others y; of a high-pass x of the step before, and whether there was one.
  std::optional<plan::ColumnId> state, before, has_before;
};

// A population's spikes as they arrive somewhere: see arrival.h.
struct Arrivals {
  plan::EventId event;
  plan::ColumnId fired;
  plan::ColumnId last;                     // step of the last one; kLongAgo before the first
  std::optional<plan::HistoryId> history;  // the last ones, for rules and additive psps
  // Where they are late: the step at which the next one is due, and where several can be under way
  // at once, how many have arrived.
  std::optional<plan::ColumnId> due, arrived;
  source::Span span{};  // of a projection where they do
};

struct PopulationParts {
  plan::PopulationId population;
  plan::CircuitId circuit;
  plan::AxisId axis;
  std::map<model::SymbolId, Value> constants;  // parameters that never change
  std::map<model::SymbolId, plan::ColumnId>
      columns;  // parameters, states, stored values of stage 2
  // Columns whose value of the step before is prev(symbol).
  std::map<model::SymbolId, plan::ColumnId> previous;
  std::map<model::SymbolId, FilterParts> filters;  // by y
  FunctionValues functions;

  // Of a population that spikes:
  std::optional<plan::EventId> spike;
  plan::ColumnId spiked;
  plan::ColumnId last_spike;                  // step of the last spike; kLongAgo before the first
  std::map<std::int64_t, Arrivals> arrivals;  // by how late; 0: the spikes themselves
  plan::StreamId stream;                      // of the spike draws
  std::optional<Tape> tape;
  plan::ColumnId hazard, threshold, ordinal;  // `spike at rate`
  std::optional<plan::KernelId> next_draw;    // takes the next draw, for `reset`
};

// A declared trace. With a side it is stored once per neuron of that population, else once per
// synapse.
struct TraceParts {
  plan::ColumnId base, stamp;
  std::optional<model::Side> side;
  model::Expr time_constant;
};

// What the spikes of one side leave behind for one `on pair(dt) all`: for every term of the updates
// in order the columns x_0 .. x_power. All of them jump together.
struct WindowSide {
  std::vector<elaborate::WindowUpdate> updates;
  model::Side of = model::Side::Pre;
  std::optional<model::Side> side;  // as in TraceParts
  plan::ColumnId stamp;
  std::vector<std::vector<plan::ColumnId>> moments;
};
struct WindowParts {
  WindowSide of_pre;   // met by a post spike
  WindowSide of_post;  // met by a pre spike
};

struct RuleParts {
  plan::RuleId rule;
  // Where the experiment resets it alone: earlier spikes are forgotten for its pairs.
  std::optional<plan::ColumnId> first_seen{};
  std::map<model::SymbolId, Value> constants;
  std::map<model::SymbolId, plan::ColumnId> columns;     // parameters and states, [post, pre]
  std::map<model::SymbolId, plan::ColumnId> broadcasts;  // one number for all synapses
  std::map<model::SymbolId, TraceParts> traces;
  std::map<std::size_t, WindowParts> windows;  // by the handler's place in Rule::items
  FunctionValues functions;
};

struct ProjectionParts {
  plan::LinkId link;
  plan::CircuitId circuit;
  plan::AxisId post, pre;
  plan::Operand weight;  // a column, or a view of the one that it is tied to
  // What stage 2 adds up for its input; absent where psp(s) is 0 everywhere.
  std::optional<plan::ColumnId> sum;
  // Of an exact sum: the same roughly, to see overflow, and how many terms were out of range.
  std::optional<plan::ColumnId> check, unfit;
  // Where the experiment resets it without its populations: earlier spikes are forgotten.
  std::optional<plan::ColumnId> first_seen;
  std::vector<RuleParts> rules;
};

struct Lowering {
  const elaborate::Network& network;
  diagnostics::Diagnostics& diagnostics;
  Mentions mentions;
  plan::Plan plan;
  Table<elaborate::PopulationId, PopulationParts> populations;
  Table<elaborate::ProjectionId, ProjectionParts> projections;
  std::map<elaborate::PopulationId, ReplayTime> replays;
  std::set<elaborate::ProjectionId> reset_alone;  // without their populations
  std::set<std::pair<elaborate::ProjectionId, std::size_t>> rules_reset_alone{};
  bool refused = false;
  // Computed in every step and read between runs: `reset` sets them back all the same.
  std::set<plan::ColumnId> shown{};

  // `label`: the figures of this case.
  void refuse(Unlowered construct, source::Span span, std::string label = "") {
    const UnloweredInfo& info = info_of(construct);
    refused = true;
    diagnostics.report(diagnostics::Kind::Unlowered, span, {std::string(info.subject)})
        .label(std::move(label))
        .hint(std::string(info.hint));
  }
  [[nodiscard]] const model::Neuron& neuron_of(elaborate::PopulationId id) const {
    return network.neuron_of(network.populations[id]);
  }
  [[nodiscard]] const model::Rule& rule_of(const elaborate::RuleInstance& instance) const {
    return network.program->rules[instance.rule];
  }
};

}  // namespace bouton::lower
