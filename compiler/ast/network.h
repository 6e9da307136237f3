// Declarations of networks: populations, projections with their clauses, instances of circuits.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "compiler/ast/expr.h"

namespace bouton::ast {

// `[0]` or `[l in 1 .. L-1]` of a family: one member, or a variable and the values it takes.
struct FamilyIndex {
  std::optional<Identifier> variable;
  Expr values;  // a Range if there is a variable
  Span span;
};

// `population pyr[l in 1 .. L-1][dims[l]]: Pyramidal(t_ref)`: the last bracket is the size.
struct Population {
  Identifier name;
  std::vector<FamilyIndex> family;
  Expr size;
  Instantiation neuron;
};

struct NoSelf {};

struct ConnectAll {};
struct ConnectOneToOne {};
struct ConnectProbability {
  Expr probability;
};
struct ConnectInDegree {
  Expr degree;
};
struct ConnectFrom {  // `connect from [[0, 1], [1, 0]]`
  Expr connections;
};

// `connect …`
struct Connect {
  std::variant<ConnectAll, ConnectOneToOne, ConnectProbability, ConnectInDegree, ConnectFrom> how;
};

// `via Rectangular(tau)`
struct Via {
  Instantiation synapse;
};

// `weights tied to transpose(up.w)`
struct WeightsTiedTo {
  Expr source;
};

// `weight 1.62 mV`
struct Weight {
  Expr value;
};

// `learning name = Rule(…)`; without a name it is called as the rule.
struct Learning {
  std::optional<Identifier> name;
  Instantiation rule;
};

enum class DelayKind { Axonal, Dendritic, Backprop };

// `axonal 1 ms`
struct Delay {
  DelayKind kind = DelayKind::Axonal;
  Expr duration;
};

enum class Polarity { Excitatory, Inhibitory };

// `sign excitatory`: of a projection, or of a rule (decl.h).
struct Sign {
  Polarity polarity = Polarity::Excitatory;
};

struct ProjectionClause {
  Span span;
  std::variant<NoSelf, Connect, Via, WeightsTiedTo, Weight, Learning, Delay, Sign> node;
};

// `projection up[l in 1 .. L]: pyr[l-1] -> pyr[l].basal, clause, …`
struct Projection {
  Identifier name;
  std::vector<FamilyIndex> family;
  Expr source;
  Expr target;
  std::vector<ProjectionClause> clauses;
};

// `circuit teacher: Microcircuit(dims)`
struct CircuitInstance {
  Identifier name;
  Instantiation circuit;
};

[[nodiscard]] const char* spelling_of(DelayKind kind);
[[nodiscard]] const char* spelling_of(Polarity polarity);

}  // namespace bouton::ast
