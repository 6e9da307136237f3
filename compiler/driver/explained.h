// `bouton explain`, as text.
#pragma once

#include <optional>
#include <string>

#include "compiler/driver/pipeline.h"

namespace bouton::driver {

// nullopt exactly when an error was reported.
[[nodiscard]] std::optional<std::string> explain_file(Session& session,
                                                      const ExplainOptions& options);

}  // namespace bouton::driver
