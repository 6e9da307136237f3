// What an experiment does: phases, runs and what they observe, learning, records, plots, replays,
// expectations; and Statement, the list of everything that can stand in a block.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "compiler/ast/network.h"
#include "compiler/ast/statement.h"

namespace bouton::ast {

// `timestep 0.1 ms`
struct Timestep {
  Expr duration;
};

// `phase train { learn up after lag; pyr.nudge = 0.6 }`
struct Phase {
  Identifier name;
  Block body;
};

// `name = reducer(quantity) every T after T0`
struct Observation {
  Identifier name;
  Expr value;
  std::optional<Expr> every;
  std::optional<Expr> after;
  Trivia trivia;
  Span span;
};

struct Observing {
  std::vector<Observation> observations;
  BraceLayout layout;
  Span span;
};

struct Frozen {
  Span span;
};

// `run duration of circuit in phase observing { … }`; `frozen` in the place of `in phase`.
struct Run {
  Expr duration;
  std::optional<Expr> circuit;
  std::variant<std::monostate, Frozen, Identifier>
      mode;  // nothing: every rule learns; Identifier: the phase
  std::optional<Observing> observing;
};

// `reset` (everything: no targets) or `reset a, b`
struct Reset {
  std::vector<Expr> targets;
};

// `clip W.w, z.bias to [-2, 2]`
struct Clip {
  std::vector<Expr> targets;
  Interval interval;
};

enum class Side { Pre, Post };

// `normalise up.w per post to 5`; with `every T` a constraint of the runs that follow.
struct Normalise {
  Expr target;
  Side per = Side::Post;
  Expr total;
  std::optional<Expr> every;
};

// `silence a, b`
struct Silence {
  std::vector<Expr> targets;
};

// `learn a, b.rule after lag`
struct Learn {
  std::vector<Expr> targets;
  std::optional<Expr> after;
};

// `value` or `name = value`
struct RecordColumn {
  std::optional<Identifier> name;
  Expr value;
  Span span;
};

struct Record {
  std::vector<RecordColumn> columns;
};

// `kl vs epoch log`
struct Curve {
  Expr value;
  Expr against;
  bool logarithmic = false;
  Span span;
};

struct Plot {
  std::vector<Curve> curves;
};

// `print "epoch ", epoch, ": loss ", loss`: one line, the parts set side by side.
struct Print {
  std::vector<Expr> parts;
};

// `every n { … }`
struct Every {
  Expr count;
  Block body;
};

// `replay z.spike from load("tape.csv")`
struct Replay {
  Expr target;
  Expr tape;
};

// `expect a == b within 1e-12`
struct Expect {
  Expr condition;
  std::optional<Expr> within;
};

struct Statement {
  using Node = std::variant<Let, Var, Assignment, If, For, Break, Timestep, Population, Projection,
                            CircuitInstance, Phase, Run, Reset, Clip, Normalise, Silence, Learn,
                            Record, Plot, Print, Every, Replay, Expect>;
  Span span;
  Node node;
  Trivia trivia;
};

[[nodiscard]] const char* spelling_of(Side side);

}  // namespace bouton::ast
