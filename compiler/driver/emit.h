// `--emit=…`: the intermediate forms on standard output.
#pragma once

#include "compiler/driver/pipeline.h"

namespace bouton::driver {

// Forms that need only the text. False if an error was reported.
[[nodiscard]] bool emit_tree(Session& session, const std::string& file);
// All others, for one bound experiment.
[[nodiscard]] bool emit_form(Session& session, const model::Program& program,
                             const elaborate::Network& network, const RunOptions& options);

}  // namespace bouton::driver
