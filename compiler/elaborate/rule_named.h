// The rules of a projection by the names that its `learning` clauses give them.
#pragma once

#include <algorithm>
#include <optional>
#include <string>

#include "compiler/elaborate/network.h"

namespace bouton::elaborate {

// Its place in Projection::rules.
[[nodiscard]] inline std::optional<std::size_t> rule_named(const std::string& name,
                                                           ProjectionId projection,
                                                           const Network& network) {
  const std::vector<RuleInstance>& rules = network.projections[projection].rules;
  const auto found = std::ranges::find(rules, name, &RuleInstance::name);
  if (found == rules.end()) return std::nullopt;
  return static_cast<std::size_t>(found - rules.begin());
}

}  // namespace bouton::elaborate
