// `--param name=value`: values as the language writes them, with units.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/elaborate/elaborate.h"
#include "compiler/launch/session.h"

namespace bouton::launch {

// Numbers with units (`20 ms`), truth values, texts in quotes (or a bare word), arrays of these.
// Each setting becomes a source text of its own, so that messages can point into it. nullopt
// exactly when an error was reported.
[[nodiscard]] std::optional<std::vector<elaborate::ParameterSetting>> read_parameters(
    Session& session, const std::vector<std::string>& settings);

}  // namespace bouton::launch
