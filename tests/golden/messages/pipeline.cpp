#include "tests/golden/messages/pipeline.h"

#include "compiler/check/check.h"
#include "compiler/load/load_program.h"

namespace bouton::golden {

void report_messages_of(const std::string& path, source::SourceMap& sources,
                        diagnostics::Diagnostics& diagnostics) {
  const auto files = load::load_program(path, sources, diagnostics);
  if (!files) return;
  static_cast<void>(check::check(*files, diagnostics));
}

std::set<std::string> connected_phases() { return {"source", "imports", "parse", "check"}; }

}  // namespace bouton::golden
