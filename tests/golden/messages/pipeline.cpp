#include "tests/golden/messages/pipeline.h"

#include <optional>

#include "compiler/diagnostics/load_error.h"
#include "compiler/parse/parse.h"

namespace bouton::golden {

void report_messages_of(const std::string& path, source::SourceMap& sources,
                        diagnostics::Diagnostics& diagnostics) {
  const source::Loaded loaded = sources.load(path);
  if (const auto* error = std::get_if<source::LoadError>(&loaded)) {
    diagnostics::report_load_error(*error, std::nullopt, diagnostics);
    return;
  }
  static_cast<void>(parse::parse(sources, std::get<source::FileId>(loaded), diagnostics));
}

std::set<std::string> connected_phases() { return {"source", "parse"}; }

}  // namespace bouton::golden
