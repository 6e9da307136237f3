// The populations, projections and circuit instances of one circuit or experiment as its statements
// see them: what each name stands for and which variables it has.
//
// A family may be given in pieces (`pyr[0]`, `pyr[l in 1 .. L-1]`) and both branches of a
// compile-time `if` may declare the same name; all pieces share one symbol. Which piece an index
// means is known once parameters are, so a name of any piece is accepted here.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/ast/experiment.h"
#include "compiler/check/interfaces.h"
#include "compiler/model/network.h"

namespace bouton::check {

struct PopulationPiece {
  const ast::Population* syntax = nullptr;
  const NeuronInterface* neuron = nullptr;  // nothing after an error
  std::vector<ParameterInterface> parameters;
};

struct Population {
  std::string name;
  model::SymbolId symbol;
  std::size_t family_rank = 0;
  std::vector<PopulationPiece> pieces;
};

// A synapse type or rule at one projection, its open dimensions fixed by the projection's.
struct SynapseUse {
  const SynapseInterface* synapse = nullptr;
  std::vector<ParameterInterface> parameters;
  std::vector<Variable> variables;
};
struct RuleUse {
  std::string name;
  source::Span span;
  const RuleInterface* rule = nullptr;
  std::vector<ParameterInterface> parameters;
  std::vector<Variable> variables;
};

struct ProjectionPiece {
  const ast::Projection* syntax = nullptr;
  Type weight;          // of one synapse; an unknown type after an error
  bool sparse = false;  // `W.w` is a vector over synapses
  bool tied = false;
  // The clause that leaves synapses out of the matrix `W.w`: `no self`, `connect one to one`.
  std::optional<source::Span> gaps;
  std::optional<SynapseUse> synapse;
  std::vector<RuleUse> rules;
};

struct Projection {
  std::string name;
  model::SymbolId symbol;
  std::size_t family_rank = 0;
  std::vector<ProjectionPiece> pieces;
};

struct Network {
  ByName<Population> populations;
  ByName<Projection> projections;
};

// A circuit as experiments see it: all types are closed.
struct CircuitInterface {
  model::CircuitId id;
  std::string name;
  source::Span span;
  std::vector<ParameterInterface> parameters;
  Network network;
};

}  // namespace bouton::check
