// Text to syntax tree. Reports as many syntax errors as can be trusted, at most one per statement.
//
// The parser proper stops at its first error; the statement that holds it is then left out and the
// rest is parsed again, so that no error is a consequence of an earlier one. Imports are syntax
// here: the driver loads the files they name.
#pragma once

#include <optional>

#include "compiler/ast/decl.h"
#include "compiler/diagnostics/diagnostics.h"
#include "compiler/source/source_map.h"

namespace bouton::parse {

// nullopt exactly when an error was reported.
[[nodiscard]] std::optional<ast::File> parse(const source::SourceMap& sources, source::FileId file,
                                             diagnostics::Diagnostics& diagnostics);

}  // namespace bouton::parse
