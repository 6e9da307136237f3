// A circuit's own statements (`h1.tau_r = [1 s, 0.1 s]`) as statements of the experiment that has
// an instance of it: parameters, constants and indices become their values, names of populations
// those of the instance, sites of random numbers begin with the instance's name.
#pragma once

#include "compiler/elaborate/builder.h"

namespace bouton::elaborate {

// In the builder's circuit; reports what has no value.
[[nodiscard]] model::Stmt transcribe(const model::Stmt& stmt, Builder& builder);

}  // namespace bouton::elaborate
