// What the compiler made of an experiment, for people who want to know what happens and what it
// costs: the step order with what acts when, every rule with its pairing and its storage, every
// population with its solvers, every projection with its form of input, operations, and memory.
//
// All figures are counted from the plan, and the words about methods and their reasons are those
// that lowering left there (plan::Origin, plan::Column::reason): nothing is decided here a second
// time.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/elaborate/network.h"
#include "compiler/plan/plan.h"
#include "compiler/source/source_map.h"

namespace bouton::explain {

struct Subject {
  const elaborate::Network& network;
  const plan::Plan& plan;  // of that network
  const source::SourceMap& sources;
};

[[nodiscard]] std::string explain(const Subject& subject);

// The rules that the experiment learns by: as declared (`SAL`), as named where they learn (`sal`),
// and with their projection (`W.sal`).
[[nodiscard]] std::vector<std::string> rule_names(const Subject& subject);
// All rules of that name, alone; the name must be one of these.
[[nodiscard]] std::string explain_rule(const Subject& subject, std::string_view name);

}  // namespace bouton::explain
