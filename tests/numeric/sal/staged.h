// Folders with the inputs of a family A program.
#pragma once

#include <string>

#include "tests/numeric/sal/trains.h"

namespace bouton::numeric {

// Writes tape.csv (columns u_1 …) and inputs.json to a folder of the running test in the build
// folder, since tests run side by side, and returns it.
[[nodiscard]] std::string stage_inputs(const runtime::Tensor& tape, const nlohmann::json& inputs);

}  // namespace bouton::numeric
