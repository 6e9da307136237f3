// Typed declarations of neurons, synapses, plasticity rules and functions. Each has a Scope; items
// keep their textual order.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/model/expr.h"
#include "compiler/model/symbol.h"

namespace bouton::model {

struct Parameter {
  SymbolId symbol;
  std::optional<Expr> default_value;  // nothing: required
  std::string documentation;
};

// Statements of handlers (`on pre { … }`, `spike when … { … }`), run in sequence.
struct HandlerStmt;
enum class AssignOp : std::uint8_t { Set, Add, Subtract, Multiply, Divide };
struct HandlerAssign {
  SymbolId target;  // State, Trace or Weight
  AssignOp op = AssignOp::Set;
  Expr value;
};
struct HandlerLet {
  SymbolId symbol;
  Expr value;
};
struct HandlerIf {
  Expr condition;
  std::vector<HandlerStmt> when_true;
  std::vector<HandlerStmt> when_false;
};
struct HandlerStmt {
  source::Span span;
  std::variant<HandlerAssign, HandlerLet, HandlerIf> node;
};
using HandlerBody = std::vector<HandlerStmt>;

struct State {
  SymbolId symbol;
  Expr initial;
  std::optional<Expr> derivative;  // x' = …
};
struct Algebraic {
  SymbolId symbol;
  Expr value;
  std::optional<Expr> initially;
};
struct Noise {
  enum class Law : std::uint8_t { White, Normal, Uniform };
  SymbolId symbol;
  Law law = Law::White;
  std::vector<Expr> arguments;
};
enum class Solver : std::uint8_t { Default, Euler, ExponentialEuler, Heun, RungeKutta4, Exact };

struct SpikeTest {
  enum class Form : std::uint8_t { Probability, Rate, Condition };
  source::Span span;
  Form form = Form::Condition;
  Expr value;
  HandlerBody body;  // jumps of the spiking neuron
};
struct Refractory {
  source::Span span;
  Expr duration;  // Real time; the minimal interval between spikes
  std::vector<SymbolId> holding;
};

struct Neuron {
  std::string name;
  source::Span span;
  std::string documentation;
  Scope scope;
  std::vector<Parameter> parameters;
  std::vector<SymbolId> inputs;
  std::vector<Noise> noises;
  std::vector<State> states;
  std::vector<Algebraic>
      algebraics;  // in dependency order of one step (a cycle is an error of check)
  std::optional<SpikeTest> spike;
  std::optional<Refractory> refractory;
  std::vector<HandlerBody> on_step;
  Solver solver = Solver::Default;
  // Predefined symbols, valid only when used in the text.
  SymbolId timestep, time, since_spike, spiked, spike_probability;
};

struct Psp {
  enum class Overlap : std::uint8_t { Renewing, Additive };
  source::Span span;
  SymbolId age;  // s, in Steps
  Expr value;    // sampled at whole steps; 0 for s < 0 by definition
  Overlap overlap = Overlap::Additive;
};
struct Synapse {
  std::string name;
  source::Span span;
  std::string documentation;
  Scope scope;
  std::vector<Parameter> parameters;
  std::optional<Psp> psp;  // either this, or states with `on spike`
  std::vector<State> states;
  std::optional<HandlerBody> on_spike;
  Solver solver = Solver::Default;
  SymbolId timestep, weight;
};

struct Pairing {
  enum class Kind : std::uint8_t { All, Nearest, Immediate, PreCentred, PostCentred };
  Kind kind = Kind::All;
  std::int64_t depth = 1;  // `nearest n`
  bool in_index_order = false;
};
struct OnPair {
  SymbolId pair_time;
  Pairing pairing;
  HandlerBody body;
};
struct OnSpikeOf {
  Side side = Side::Pre;
  HandlerBody body;
};
struct OnStep {
  HandlerBody body;
};
struct RuleEquation {  // w' = … or x' = … of a rule state
  SymbolId target;
  Expr value;
};
struct RuleItem {
  source::Span span;
  std::variant<OnPair, OnSpikeOf, OnStep, RuleEquation> node;
};
struct TraceDecl {
  SymbolId symbol;
  Expr initial;
  Expr derivative;
  std::optional<HandlerBody> on_pre;
  std::optional<HandlerBody> on_post;
};
struct Bound {
  Expr low;
  Expr high;
};
enum class Sign : std::uint8_t { Excitatory, Inhibitory };

struct Rule {
  std::string name;
  source::Span span;
  std::string documentation;
  Scope scope;
  std::vector<Parameter> parameters;
  std::vector<SymbolId> broadcasts;
  std::vector<State> states;  // per synapse; derivative stays in `items` at its textual place
  std::vector<TraceDecl> traces;
  std::vector<RuleItem> items;  // in textual order
  std::optional<Bound> bound;
  std::optional<Sign> sign;
  bool nonlocal = false;
  Solver solver = Solver::Default;
  SymbolId timestep, time, weight;
};

struct Function {
  std::string name;
  source::Span span;
  Scope scope;
  std::vector<SymbolId> parameters;
  Expr value;
  SymbolId timestep;
};

}  // namespace bouton::model
