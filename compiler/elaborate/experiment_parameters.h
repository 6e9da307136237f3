// Values of the experiment's parameters: given from outside, else their defaults.
#pragma once

#include "compiler/elaborate/builder.h"

namespace bouton::elaborate {

// Fills Network::parameters and the environment; reports unknown and repeated names, wrong units
// and kinds, nan, and required parameters without a value.
void bind_experiment_parameters(const Options& options, Builder& builder);

}  // namespace bouton::elaborate
