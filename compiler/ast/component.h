// Neurons, synapses and rules: parameters and the items of their bodies.
//
// The three share their items; that a `psp` belongs in a synapse and a `bound` in a rule is the
// checker's business, so that a misplaced item is told apart from a misspelt one.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "compiler/ast/experiment.h"

namespace bouton::ast {

// `tau = 10 ms`, `phi: function = logistic`, `rate: frequency`
struct Parameter {
  Identifier name;
  std::optional<Identifier> type;
  std::optional<Expr> default_value;
  Trivia trivia;
  Span span;
};

// `input I: current`
struct Input {
  Identifier name;
  std::optional<Identifier> type;
};

// `noise xi: white`, `noise n: normal(0, 1)`: the law is a Name or a Call.
struct Noise {
  Identifier name;
  Expr law;
};

// `state V: voltage = E_L`
struct State {
  Identifier name;
  std::optional<Identifier> type;
  Expr initial;
};

// `broadcast reward`
struct Broadcast {
  Identifier name;
  std::optional<Identifier> type;
};

// `x' = rate`
struct DifferentialEquation {
  Identifier name;
  Expr rate;
};

// `y = value, initially e`
struct AlgebraicEquation {
  Identifier name;
  Expr value;
  std::optional<Expr> initially;
};

enum class SpikeKind { WithProbability, AtRate, When };

// `spike with probability p`, `spike at rate r`, `spike when condition`, each with what it does to
// the neuron.
struct Spike {
  SpikeKind kind = SpikeKind::When;
  Expr value;
  std::optional<Block> body;
};

// `refractory T holding V`
struct Refractory {
  Expr duration;
  std::vector<Identifier> holding;
};

// `psp(s) = formula`
struct Psp {
  Identifier lag;
  Expr formula;
};

enum class SummationKind { Renewing, Additive };

// `renewing`, `additive`: how the responses to several spikes of one synapse combine.
struct Summation {
  SummationKind kind = SummationKind::Renewing;
};

enum class PairingKind { All, Nearest, Immediate, PreCentred, PostCentred };

// `nearest 2 in index order`
struct Pairing {
  PairingKind kind = PairingKind::All;
  std::optional<Expr> count;  // of `nearest n`
  bool in_index_order = false;
  Span span;
};

struct OnPre {};
struct OnPost {};
struct OnSpike {};
struct OnStep {};
struct OnPair {
  Identifier lag;  // t_post - t_pre
  Pairing pairing;
};

// `on event { … }`
struct Handler {
  std::variant<OnPre, OnPost, OnSpike, OnStep, OnPair> event;
  Block body;
};

struct Item;

// The braces of a component or trace.
struct Body {
  std::vector<Item> items;
  BraceLayout layout;
  Span span;
};

// `trace x = 1 { x' = -x/tau; on pre { x += 1 } }`; it starts at 0 unless told.
struct Trace {
  Identifier name;
  std::optional<Identifier> type;
  std::optional<Expr> initial;
  Body body;
};

// `bound w in [0, w_max]`
struct Bound {
  Expr target;
  Interval interval;
};

// `solve with euler`
struct SolveWith {
  Identifier method;
};

// `nonlocal`: the rule may read what is not at its synapse.
struct Nonlocal {};

struct Item {
  using Node =
      std::variant<Input, Noise, State, Broadcast, DifferentialEquation, AlgebraicEquation, Spike,
                   Refractory, Psp, Summation, Handler, Trace, Bound, Sign, SolveWith, Nonlocal>;
  Span span;
  Node node;
  Trivia trivia;
};

enum class ComponentKind { Neuron, Synapse, Rule };

struct Component {
  ComponentKind kind = ComponentKind::Neuron;
  Identifier name;
  std::vector<Parameter> parameters;
  Body body;
};

[[nodiscard]] const char* spelling_of(SpikeKind kind);
[[nodiscard]] const char* spelling_of(SummationKind kind);
[[nodiscard]] const char* spelling_of(PairingKind kind);
[[nodiscard]] const char* spelling_of(ComponentKind kind);

}  // namespace bouton::ast
