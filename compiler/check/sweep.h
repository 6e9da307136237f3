// Sweeps: each axis names a parameter of the experiment and gives values of its type.
#pragma once

#include <optional>

#include "compiler/ast/decl.h"
#include "compiler/check/interfaces.h"
#include "compiler/diagnostics/diagnostics.h"
#include "compiler/model/program.h"

namespace bouton::check {

// Nothing when the experiment is unknown.
[[nodiscard]] std::optional<model::Sweep> check_sweep(const ast::Sweep& syntax,
                                                      const Interfaces& interfaces,
                                                      diagnostics::Diagnostics& diagnostics,
                                                      const model::Program& program);

}  // namespace bouton::check
