// Typed declarations of networks: populations, projections, circuits and phases, as they stand in
// an experiment or circuit.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/model/dynamics.h"

namespace bouton::model {

// Binding of a declaration's parameter, positional arguments already matched with names.
struct Argument {
  SymbolId parameter;  // of the neuron, synapse, rule or circuit that is instantiated
  Expr value;
};

// `[l in 1 .. L-1]` or `[0]` of a family. Without a symbol the index is the single value `range`.
struct FamilyIndex {
  std::optional<SymbolId> symbol;
  Expr range;
};

struct PopulationDecl {
  SymbolId symbol;  // all pieces of one family share it
  std::vector<FamilyIndex> family;
  Expr size;
  NeuronId neuron;
  std::vector<Argument> arguments;
};

// One end of a projection: a population, one member of a family, a part of a population (`cells[0
// .. 3199]`).
struct Endpoint {
  source::Span span;
  std::optional<SymbolId> circuit;
  SymbolId population;
  std::vector<Expr> family_indices;
  std::optional<Expr> part;  // a Range over neuron indices
  std::string variable;      // pre: empty for spikes, else the continuous variable; post: the input
};

struct ConnectAll {};
struct ConnectOneToOne {};
struct ConnectProbability {
  Expr probability;
};
struct ConnectInDegree {
  Expr count;
};
struct ConnectList {
  Expr pairs;
};  // rows [pre, post]
using Connect =
    std::variant<ConnectAll, ConnectOneToOne, ConnectProbability, ConnectInDegree, ConnectList>;

struct Via {
  source::Span span;
  SynapseId synapse;
  std::vector<Argument> arguments;
};
struct Learning {
  source::Span span;
  std::string name;  // `hebb` of `learning hebb = Coactivation(…)`, else the rule's own name
  RuleId rule;
  std::vector<Argument> arguments;
};

struct ProjectionDecl {
  SymbolId symbol;
  std::vector<FamilyIndex> family;
  Endpoint pre;
  Endpoint post;
  Connect connect;
  bool no_self = false;
  std::optional<Via> via;      // nothing for continuous projections
  std::optional<Expr> weight;  // `weight 1.62 mV`
  std::optional<Expr>
      tied_to;  // `weights tied to -transpose(up.w)`: an expression over one Quantity
  std::vector<Learning> learning;  // in textual order
  std::optional<Expr> axonal;
  std::optional<Expr> dendritic;
  std::optional<Expr> backprop;
  std::optional<Sign> sign;
  units::Dimension weight_dimension;
  bool weight_dimension_known =
      false;  // false while it depends on which piece of a family is meant
};

struct CircuitInstance {
  SymbolId symbol;
  CircuitId circuit;
  std::vector<Argument> arguments;
};

}  // namespace bouton::model
