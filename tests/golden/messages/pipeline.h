// What a program goes through before it runs, as far as it can report messages. The one place of
// these tests that knows the compiler's phases.
#pragma once

#include <set>
#include <string>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/source/source_map.h"

namespace bouton::golden {

void report_messages_of(const std::string& path, source::SourceMap& sources,
                        diagnostics::Diagnostics& diagnostics);

// The sections of kinds.def ("source", "parse", …) whose messages the pipeline can report: each of
// their kinds needs a golden.
[[nodiscard]] std::set<std::string> connected_phases();

}  // namespace bouton::golden
