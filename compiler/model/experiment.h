// Typed experiments: the statements that a user writes around the network, in textual order.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/model/network.h"

namespace bouton::model {

struct Stmt;
using Body = std::vector<Stmt>;

struct Let {
  SymbolId symbol;
  Expr value;
};  // constant
struct Var {
  SymbolId symbol;
  Expr value;
};
// Target is a Ref to a Variable, an Index of one, or a Quantity (whole, or indexed).
struct Assign {
  Expr target;
  AssignOp op = AssignOp::Set;
  Expr value;
};
struct For {
  std::vector<SymbolId> symbols;  // several for `for (x, y) in …`
  Expr sequence;                  // Range, array (over its first axis) or list
  Body body;
};
struct If {
  Expr condition;
  Body when_true;
  Body when_false;
};
struct Break {};

// A population, projection, rule of a projection, circuit or family member, as `learn`, `silence`,
// `reset` name them.
struct Target {
  source::Span span;
  std::optional<SymbolId> circuit;
  SymbolId owner;
  std::vector<Expr> family_indices;  // empty: the whole family
  std::optional<std::string> rule;
};

enum class Reducer : std::uint8_t {
  Mean,
  Sum,
  Variance,
  Min,
  Max,
  Last,
  Samples,
  Count,
  Spikes,
  HistogramOfStates
};
struct Observation {
  source::Span span;
  SymbolId result;
  Reducer reducer;
  Expr what;  // a Quantity (of a population for Count and Spikes), or an expression of quantities
  std::optional<Expr> every;  // Real time
  std::optional<Expr> after;
};
struct Run {
  Expr duration;
  std::optional<SymbolId> circuit;  // run D of teacher
  std::optional<SymbolId> phase;
  bool frozen = false;
  std::vector<Observation> observing;
};
struct Reset {
  std::vector<Target> targets;
};  // empty: everything
struct Clip {
  std::vector<Expr> targets;
  Expr low;
  Expr high;
};
struct Normalise {
  Expr target;
  bool per_post = true;  // else per pre
  Expr to;
  std::optional<Expr> every;
};
struct Every {
  Expr count;
  Body body;
};  // inside `for i`: when i mod count == 0
struct RecordColumn {
  std::string name;
  Expr value;
};
struct Record {
  std::vector<RecordColumn> columns;
};
struct Plot {
  struct Curve {
    std::string y;
    std::string x;
    bool logarithmic = false;
  };
  std::vector<Curve> curves;
};
struct Print {
  std::vector<Expr> parts;
};
struct Replay {
  Quantity what;
  Expr tape;
};  // variable is `spike` or a noise of the population
struct Expect {
  Expr actual;
  std::optional<Expr> expected;
  std::optional<Expr> within;
};  // without `expected`: a truth value

// Phases
struct Learn {
  Target target;
  std::optional<Expr> after;
};
struct Silence {
  Target target;
};
struct PhaseDecl {
  SymbolId symbol;
  Body body;  // Learn, Silence, Assign, and For/If around them
};

struct Stmt {
  source::Span span;
  std::variant<PopulationDecl, ProjectionDecl, CircuitInstance, PhaseDecl, Let, Var, Assign, For,
               If, Break, Run, Reset, Clip, Normalise, Every, Record, Plot, Print, Replay, Expect,
               Learn, Silence>
      node;
};

struct Circuit {
  std::string name;
  source::Span span;
  std::string documentation;
  Scope scope;
  std::vector<Parameter> parameters;
  Body body;  // declarations, Let, and For/If around them
  SymbolId timestep;
};

struct Experiment {
  std::string name;  // of a verify block: its sentence
  source::Span span;
  std::string documentation;
  bool is_verify = false;
  Scope scope;
  std::vector<Parameter> parameters;
  std::optional<Expr> timestep_value;
  Body body;
  SymbolId timestep, elapsed;
};

// Axes of a sweep; the product of all, `seeds n` innermost.
struct SweepAxis {
  source::Span span;
  SymbolId parameter;  // of the experiment
  Expr values;         // Range or array or list
};
struct Sweep {
  std::string name;
  source::Span span;
  std::string documentation;
  ExperimentId experiment;
  std::vector<SweepAxis> axes;
  std::optional<Expr> seeds;
  Scope scope;
};

}  // namespace bouton::model
