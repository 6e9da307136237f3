// Which variables of the network the experiment's statements read or assign. Parameters among them
// have to be stored; all others can be constants of the code.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compiler/elaborate/network.h"

namespace bouton::lower {

// `z.bias`, `W.w`, `W.hebb.c`: a variable of a population, a projection or one of its rules.
struct Variable {
  elaborate::Owner owner;
  std::optional<std::string> rule;
  std::string name;
  friend auto operator<=>(const Variable&, const Variable&) = default;
};

struct Mentions {
  std::set<Variable> read;          // and assigned
  std::set<Variable> assigned;      // by the experiment
  std::set<Variable> between_runs;  // read, but not as what a run observes
  // Whether the statements read or assign it.
  [[nodiscard]] bool contains(const Variable& variable) const { return read.contains(variable); }
};

[[nodiscard]] Mentions collect_mentions(const elaborate::Network& network);

// Nothing for a member of a family whose index is no number.
[[nodiscard]] std::optional<Variable> variable_of(const elaborate::Network& network,
                                                  const model::Quantity& quantity);

}  // namespace bouton::lower
