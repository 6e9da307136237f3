// Names, types, dimensions, dynamics, rules, locality, networks and experiments: everything that
// can be known from the text.
#pragma once

#include <optional>
#include <span>

#include "compiler/ast/decl.h"
#include "compiler/check/interfaces.h"
#include "compiler/diagnostics/diagnostics.h"
#include "compiler/model/program.h"

namespace bouton::check {

// The typed program of all files together; nullopt exactly when an error was reported.
// `find_module` is for hints.
[[nodiscard]] std::optional<model::Program> check(std::span<const ast::File> files,
                                                  diagnostics::Diagnostics& diagnostics,
                                                  const FindModule& find_module = {});

}  // namespace bouton::check
