// Messages as the user sees them.
//
//   error: cannot add `voltage` to `time`
//    --> sampler.bouton:4:7
//     |
//   2 |   input I: voltage
//     |         - declared here
//     ...
//   4 |   u = I + tau
//     |       ^^^^^^^ `voltage` + `time`
//     |
//     = hint: divide by a time constant
//
// Spans of other files follow as ` ::: file:line:col` with an excerpt of their own. JSON carries
// the same for editors.
#pragma once

#include <string>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/source/source_map.h"

namespace bouton::diagnostics {

enum class Color { Never, Always };

[[nodiscard]] std::string render_text(const Diagnostic& diagnostic,
                                      const source::SourceMap& sources, Color color = Color::Never);

// All messages in order of report, a blank line between them, and how many were left out.
[[nodiscard]] std::string render_text(const Diagnostics& diagnostics,
                                      const source::SourceMap& sources, Color color = Color::Never);

// {"messages": [{kind, severity, headline, label, hint, span, others}], "errors": n, "suppressed":
// n}; a span is {file, begin: {offset, line, column}, end: {…}}, lines and columns from 1, columns
// in code points.
[[nodiscard]] std::string render_json(const Diagnostics& diagnostics,
                                      const source::SourceMap& sources);

}  // namespace bouton::diagnostics
