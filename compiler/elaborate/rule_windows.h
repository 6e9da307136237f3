// What of a rule at one projection depends on its parameter values: how far the windows of its
// pairings reach, and whether its bounds leave room for a weight.
#pragma once

#include <cstdint>
#include <variant>

#include "compiler/elaborate/builder.h"
#include "compiler/elaborate/pair_window.h"

namespace bouton::elaborate {

// The longest |dt|, in steps, at which the handler does anything at any synapse; or why it may at
// any distance.
[[nodiscard]] std::variant<std::int64_t, NoWindow> find_longest_support(
    const Network& network, const RuleInstance& instance, const model::OnPair& handler);

// Reports an `on pair(dt) all` that neither ends nor is a sum of exponentials, an `on pair` that
// does nothing at any time difference, and bounds the wrong way round.
void check_rule_values(const RuleInstance& instance, Builder& builder);

}  // namespace bouton::elaborate
