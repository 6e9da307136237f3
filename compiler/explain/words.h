// How things of the plan are called in the words of the program.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "compiler/explain/explain.h"

namespace bouton::explain {

// `W.hebb.c` of `Sampling/W.hebb.c`.
[[nodiscard]] std::string short_name(const Subject& subject, std::string_view qualified);
// `W.hebb`
[[nodiscard]] std::string rule_name(const Subject& subject, plan::RuleId rule);

// `z` for the axis of its neurons or of a part of them.
[[nodiscard]] std::string axis_name(const Subject& subject, plan::AxisId axis);

// What a rule, population or projection of the plan is in the network.
[[nodiscard]] const elaborate::RuleInstance* instance_of(const Subject& subject, plan::RuleId rule);
[[nodiscard]] const elaborate::Population* source_of(const Subject& subject,
                                                     plan::PopulationId population);
[[nodiscard]] const elaborate::Projection* source_of(const Subject& subject, plan::LinkId link);

[[nodiscard]] std::string place_of(const Subject& subject, source::Span span);
[[nodiscard]] std::string excerpt(const Subject& subject, source::Span span);

[[nodiscard]] std::string print_bytes(std::int64_t bytes);                    // "392 B", "12.3 KiB"
[[nodiscard]] std::string count(std::int64_t number, std::string_view noun);  // "1 step", "2 steps"

// What executes an item: a population, a projection, or a rule at one.
[[nodiscard]] std::string owner_of(const Subject& subject, const plan::Item& item);
// The rule that an item belongs to; its traces too, which go on while it does not learn.
[[nodiscard]] std::optional<plan::RuleId> rule_of(const plan::Plan& plan, const plan::Item& item);
// The kernel that an item executes.
[[nodiscard]] const plan::Kernel* kernel_of(const plan::Plan& plan, const plan::Item& item);

}  // namespace bouton::explain
