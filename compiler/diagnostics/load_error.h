// A source file that could not be taken in, as a message. The source map itself knows nothing of
// messages.
#pragma once

#include <optional>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/source/source_map.h"

namespace bouton::diagnostics {

// `import` is the place that asked for the file; nullopt for the file the user named. A file that
// cannot be read is reported there, a bad byte where it stands in the file.
void report_load_error(const source::LoadError& error, std::optional<source::Span> import,
                       Diagnostics& diagnostics);

}  // namespace bouton::diagnostics
