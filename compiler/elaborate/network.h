// The concrete network of one experiment: every population with its size, every
// projection with its connectivity, every rule with its parameter values. What
// the interpreter executes and lowering compiles.
//
// Elaboration binds what the typed program leaves open (parameters, files,
// shapes, circuits, family members) and changes no dynamics: equations and handlers stay
// where they are, in the program that `program` points to, and are read in the
// scope of their own declaration. All values are in coherent units, all delays
// and supports in steps. Parameters, weights and samples of neurons, synapses
// and rules are numbers of the network's precision already.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/base/ids.h"
#include "compiler/elaborate/arithmetic.h"
#include "compiler/model/program.h"
#include "compiler/source/span.h"
#include "runtime/tensor/value.h"

namespace bouton::elaborate {

using CircuitId = Id<struct CircuitTag>;
using ClockId = Id<struct ClockTag>;
using PopulationId = Id<struct PopulationTag>;
using ProjectionId = Id<struct ProjectionTag>;
using PhaseId = Id<struct PhaseTag>;

// The value of a `phi: function` parameter.
using FunctionValue = model::FunctionValue;

// A parameter of a neuron, synapse or rule as the network starts: a scalar, or
// one number per element of the owner ([size] of a population, [n_post, n_pre]
// of a rule). Truth values are 1 and 0. The experiment may assign numbers
// later; functions never change.
struct ParameterValue {
  model::SymbolId symbol;  // in the scope of the neuron, synapse or rule
  std::variant<runtime::Tensor, FunctionValue> value;
};
using ParameterValues = std::vector<ParameterValue>;  // in the order of the declaration, complete

// The experiment itself, or an instance of a circuit. A clock counts the steps of the circuits that
// run together because projections or ties join them: `run D of teacher` advances the clock of
// `teacher`.
struct Circuit {
  std::string name;  // `Sampling`, `PalAlignment/net`
  source::Span span;
  std::optional<model::SymbolId> instance;  // in the experiment's scope; nothing: the experiment
  std::optional<model::CircuitId> declaration;
  ClockId clock;
};

// `y = moving_average(x, T, …)`: n = T/timestep, at least 1, the same for all neurons. Nothing
// assigns it, so that it is the same for the whole experiment.
struct AverageWindow {
  model::SymbolId variable;  // y
  std::int64_t samples = 1;  // n
};

struct Population {
  std::string name;  // qualified: `Sampling/z`, `PalAlignment/net.pyr[1]`
  source::Span span;
  model::NeuronId neuron;
  std::int64_t size = 0;
  ParameterValues parameters;
  CircuitId circuit = {};
  std::vector<AverageWindow> averages = {};  // in the order of the neuron's algebraic variables
};

// psp(s) at s = 0, 1, 2, … steps; 0 beyond the last sample and below 0.
struct PspShape {
  // psp(s) is `value` for first <= s <= last and 0 elsewhere: the input is then
  // the exact integer sum of SEMANTICS 24.
  struct Level {
    std::int64_t first = 0;
    std::int64_t last = -1;
    double value = 0.0;
  };
  std::vector<double> samples;
  std::optional<Level> level;
};

struct SynapseInstance {
  source::Span span;
  model::SynapseId synapse;
  ParameterValues parameters;   // scalars
  std::optional<PspShape> psp;  // of a synapse with psp(s); nothing for one with states
};

// `pre.x` or `post.x` of a rule at one projection: the symbol of x in the scope
// of the pre or post population's neuron. `pre.spiked` has a binding like any
// other.
struct PartnerBinding {
  model::Side side = model::Side::Pre;
  std::string field;
  model::SymbolId symbol;
};

struct RuleInstance {
  std::string name;  // `hebb` of `learning hebb = Coactivation(…)`
  source::Span span;
  model::RuleId rule;
  ParameterValues parameters;
  std::vector<PartnerBinding> partners;
};

// A contiguous stretch of a population's neurons: `cells[0 .. 3199]`, or all of
// it.
struct PopulationPart {
  PopulationId population;
  std::int64_t first = 0;
  std::int64_t count = 0;
};

struct DenseConnectivity {
  bool no_self = false;
};
struct OneToOneConnectivity {};
// Sorted by (post, pre); indices count within the parts.
struct SparseConnectivity {
  std::vector<std::int64_t> pre;
  std::vector<std::int64_t> post;
};
using Connectivity = std::variant<DenseConnectivity, OneToOneConnectivity, SparseConnectivity>;

struct Delays {  // in steps
  std::int64_t axonal = 0;
  std::int64_t dendritic = 0;
  std::int64_t backprop = 0;
};

// `weights tied to -transpose(down.w)`. Chains of ties are resolved: `to` has weights of its own,
// and w_ij = scale * w'_ij (w'_ji if transposed) of `to` at every moment, where `scale` is the
// product of all factors of the chain, in the network's precision. Where `to` has no synapse, w is
// 0.
struct Tie {
  source::Span span;
  ProjectionId to;
  bool transposed = false;
  double scale = 1.0;
};

struct Projection {
  std::string name;  // qualified: `Sampling/W`
  source::Span span;
  PopulationPart pre;
  PopulationPart post;
  model::SymbolId input;                        // of the post neuron
  std::optional<model::SymbolId> pre_variable;  // nothing: spikes; else the continuous variable
  Connectivity connectivity;
  std::optional<SynapseInstance> synapse;  // nothing for continuous projections
  std::vector<RuleInstance> rules;         // in the order of their `learning` clauses
  double initial_weight = 0.0;             // `weight …`; missing synapses are always 0
  Delays delays;
  std::optional<Tie> tie;
  std::optional<model::Sign> sign;
};

// Whether a projection has a synapse from `pre` to `post` (indices within the
// parts), and how many it has. Its matrices are row-major [post.count,
// pre.count].
[[nodiscard]] bool has_synapse(const Projection& projection, std::int64_t post, std::int64_t pre);
[[nodiscard]] std::int64_t synapse_count(const Projection& projection);

// Who learns, what is silent and which values hold during `run D in p`.
struct Phase {
  struct Learner {
    source::Span span;
    ProjectionId projection;
    std::optional<std::size_t> rule;  // into Projection::rules; nothing: all of them
    std::optional<model::Expr> after;
  };
  std::string name;
  source::Span span;
  model::SymbolId symbol;
  std::vector<Learner> learners;  // of a family: one for each member
  std::vector<std::variant<PopulationId, ProjectionId>> silenced;
  // In the experiment's scope, without loops and branches, as Network::statements.
  std::vector<model::Stmt> assignments;
};

// What stage 2 of a step computes, for all neurons of a population: an input, an algebraic
// variable, what such a variable takes in as a filter with a state (compiler/model/filters.h), or
// spike_probability and spiked.
struct StepItem {
  enum class What : std::uint8_t { Input, Algebraic, FilterInput, SpikeTest };
  PopulationId population;
  What what = What::Input;
  model::SymbolId symbol;  // of the input or algebraic variable
  friend auto operator<=>(const StepItem&, const StepItem&) = default;
};

// How the experiment names a population or projection: `W`, `net.pyr[1]`. Inside a circuit `owner`
// is a symbol of the circuit's scope.
using FamilyIndices = std::vector<std::int64_t>;
struct OwnerKey {
  std::optional<model::SymbolId> circuit;
  model::SymbolId owner;
  FamilyIndices family_indices;
  friend auto operator<=>(const OwnerKey&, const OwnerKey&) = default;
};
using Owner = std::variant<PopulationId, ProjectionId>;

struct Network {
  const model::Program* program = nullptr;  // not owned
  model::ExperimentId experiment;
  Precision precision = Precision::Double;  // of neurons, synapses and rules
  double timestep = 0.0;                    // ms, as the experiment reads it
  std::uint64_t seed = 0;
  std::string source_directory;                          // what `load("x.csv")` is relative to
  std::map<model::SymbolId, runtime::Value> parameters;  // of the experiment
  Table<CircuitId, Circuit> circuits;                    // the experiment itself first
  std::size_t clocks = 0;                                // of the circuits, numbered from 0
  Table<PopulationId, Population> populations;           // in order of declaration
  Table<ProjectionId, Projection> projections;           // in order of declaration
  Table<PhaseId, Phase> phases;
  std::map<OwnerKey, Owner> owners;
  // Every input, algebraic variable and spike test, each after what it reads of the same step.
  std::vector<StepItem> step_order;
  // The experiment's statements in order, without declarations. `if` and `for` around declarations
  // are expanded: a `let` of the loop variable stands in front of each copy. Statements of circuits
  // stand where the instance is declared, in the experiment's scope.
  //
  // Members of families have numbers as indices wherever these follow from parameters and
  // constants: a `for` over indices is unrolled, its variable replaced, and an `if` or choice
  // between members is decided. A slice or whole family that is assigned, clipped, normalised or
  // reset has become one target per member. What names a member exists and has the variable. Other
  // indices (of a loop that `break`s or depends on results) are found when they are reached.
  model::Body statements;

  [[nodiscard]] const model::Experiment& source() const { return program->experiments[experiment]; }
  [[nodiscard]] const model::Neuron& neuron_of(const Population& population) const {
    return program->neurons[population.neuron];
  }
  [[nodiscard]] RealArithmetic arithmetic() const { return RealArithmetic(precision); }
  // As neurons, synapses and rules read it.
  [[nodiscard]] double rounded_timestep() const { return arithmetic().round(timestep); }
  [[nodiscard]] ClockId clock_of(PopulationId id) const {
    return circuits[populations[id].circuit].clock;
  }
  [[nodiscard]] ClockId clock_of(ProjectionId id) const {
    return clock_of(projections[id].post.population);
  }
};

// The clock that `run D of teacher` advances.
[[nodiscard]] ClockId clock_of_instance(const Network& network, model::SymbolId instance);

// The key of a name whose family indices are numbers; nothing if one is not.
[[nodiscard]] std::optional<OwnerKey> key_of(const std::optional<model::SymbolId>& circuit,
                                             model::SymbolId owner,
                                             const std::vector<model::Expr>& family_indices);
// What such a name stands for; nullptr where an index is no number or there is no such member.
[[nodiscard]] const Owner* find_owner(const Network& network, const model::Quantity& quantity);

// As the experiment spells them: `pyr[1]`, `net.pyr[1]`.
[[nodiscard]] std::string member_name(const std::string& name, const FamilyIndices& indices);
[[nodiscard]] std::string spell(const OwnerKey& key, const Network& network);

}  // namespace bouton::elaborate
