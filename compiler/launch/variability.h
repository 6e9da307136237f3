// What an experiment's parameters can change in its plan, found by trying other values: each
// parameter in turn, with the others as they are.
//
// Nothing depends on the trials being complete: a number that none of them changes is contained in
// the code, and an executable refuses parameters that change it (compiler/image/pool.h).
#pragma once

#include <string>
#include <vector>

#include "compiler/image/pool.h"
#include "compiler/launch/pipeline.h"

namespace bouton::launch {

struct Variability {
  image::Pool pool;                 // every number that a trial changed
  std::vector<std::string> fixed;   // parameters without a trial that the same code could serve
  std::vector<std::string> partly;  // parameters with trials that it could and others
};

// `plan` is that of `network`, which was bound with `settings`.
[[nodiscard]] Variability find_variability(const elaborate::Network& network,
                                           const Settings& settings, const plan::Plan& plan);

}  // namespace bouton::launch
