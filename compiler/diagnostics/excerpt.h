// The marked lines of one file, with line numbers and carets.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "compiler/diagnostics/paint.h"
#include "compiler/source/source_map.h"

namespace bouton::diagnostics {

struct Mark {
  source::Span span;
  std::string text;
  char underline;  // '^' for the place itself, '-' for what it is related to
  Style style;
};

// All marks must be of one file. A span of several lines is underlined on its first; a long line is
// shown around its first mark. `gutter` is the width of the line numbers.
[[nodiscard]] std::string render_excerpt(std::vector<Mark> marks, const source::SourceMap& sources,
                                         std::size_t gutter, Paint paint);

// `text` on one line without control characters.
[[nodiscard]] std::string make_printable(std::string_view text);

}  // namespace bouton::diagnostics
