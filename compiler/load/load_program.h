// From the name of a file to the syntax trees of everything it imports, directly or not.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "compiler/ast/decl.h"
#include "compiler/diagnostics/diagnostics.h"
#include "compiler/source/source_map.h"

namespace bouton::load {

// The trees in dependency order: an imported file before the file that imports it, `path` last,
// each file once. Files that cannot be read, unknown modules and import cycles are reported where
// the import stands; all files that can be read are parsed, so that one run shows the errors of
// all. nullopt exactly when an error was reported.
[[nodiscard]] std::optional<std::vector<ast::File>> load_program(
    std::string_view path, source::SourceMap& sources, diagnostics::Diagnostics& diagnostics);

}  // namespace bouton::load
