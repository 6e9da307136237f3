// `--emit=network`: the concrete network as readable, stable text: populations with sizes and
// parameter values, projections with connectivity, psp shape, delays and rules, the order of a
// step, phases, and the experiment's statements as the model's dump writes them. Numbers are in
// coherent units. A large array is written in short, with the hash of all its elements; the folder
// of the source file is left out, so that the text is the same on every machine.
#pragma once

#include <string>

#include "compiler/elaborate/network.h"

namespace bouton::elaborate {

[[nodiscard]] std::string dump(const Network& network);

}  // namespace bouton::elaborate
