// What code generation cannot make code of yet: the last gate behind compiler/lower/unlowered.def.
#pragma once

#include <optional>
#include <string>

#include "compiler/plan/plan.h"

namespace bouton::codegen {

// Why no code can be generated for a well-formed plan; nothing if it can.
[[nodiscard]] std::optional<std::string> why_unsupported(const plan::Plan& plan);

}  // namespace bouton::codegen
