// What the interpreter does not execute yet, one line each in unsupported.def. Looked for before
// anything runs, so that nothing is silently left out.
#pragma once

#include <optional>

#include "compiler/elaborate/network.h"
#include "compiler/elaborate/problem.h"

namespace bouton::interpret {

[[nodiscard]] std::optional<elaborate::Problem> find_unsupported(const elaborate::Network& network);

}  // namespace bouton::interpret
