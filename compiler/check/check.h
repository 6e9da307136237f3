// Names, types, dimensions, dynamics, rules, locality, networks and experiments: everything that
// can be known from the text.
#pragma once

#include <optional>
#include <span>

#include "compiler/ast/decl.h"
#include "compiler/diagnostics/diagnostics.h"
#include "compiler/model/program.h"

namespace bouton::check {

// The typed program of all files together; nullopt exactly when an error was reported.
[[nodiscard]] std::optional<model::Program> check(std::span<const ast::File> files,
                                                  diagnostics::Diagnostics& diagnostics);

}  // namespace bouton::check
