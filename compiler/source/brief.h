// A place in the text and what stands there, in short, for reports and tables.
#pragma once

#include <string>

#include "compiler/source/source_map.h"

namespace bouton::source {

// `sampler.bouton:14:7`: the file without its folder.
[[nodiscard]] std::string print_place(const SourceMap& sources, Span span);

// The text on one line, up to the first comment, cut off where it is long.
[[nodiscard]] std::string print_excerpt(const SourceMap& sources, Span span);

}  // namespace bouton::source
