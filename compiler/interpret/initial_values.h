// Initial values of neurons and rules, each after those that it reads, whatever their order in the
// text and in the network: a value that is read before a run is what it would begin with.
#pragma once

#include <cstdint>
#include <set>
#include <utility>

#include "compiler/interpret/state.h"

namespace bouton::interpret {

class InitialValues {
 public:
  explicit InitialValues(NetworkState& state) : state_(state) {}

  // Of all neurons or synapses. Nothing happens to what runs already or is assigned.
  void begin(model::SymbolId variable, PopulationState& population);
  void begin(model::SymbolId variable, RuleState& rule, const ProjectionState& projection);

 private:
  void begin_what_it_reads(const model::Expr& value, PopulationState& population);
  void begin_what_it_reads(const model::Expr& value, RuleState& rule,
                           const ProjectionState& projection);
  void begin_partner(const model::PartnerField& field, const RuleState& rule,
                     const ProjectionState& projection);

  NetworkState& state_;
  std::set<std::pair<const void*, std::uint32_t>> begun_;  // variables of a population or rule
};

}  // namespace bouton::interpret
