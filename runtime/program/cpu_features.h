// What the processor of this machine can do beyond every x86-64: executables check it at start.
#pragma once

#include <span>
#include <string_view>

namespace bouton::runtime {

// The lines of cpu_features.def; none on other processors.
[[nodiscard]] std::span<const std::string_view> known_cpu_features();
[[nodiscard]] bool cpu_has(std::string_view feature);

}  // namespace bouton::runtime
