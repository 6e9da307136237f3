// The machine that figures come from.
#pragma once

#include <nlohmann/json.hpp>

namespace bouton::bench {

// Processor, number of cores, load (mean number of running processes in the last minute), time.
[[nodiscard]] nlohmann::json describe_machine();

}  // namespace bouton::bench
