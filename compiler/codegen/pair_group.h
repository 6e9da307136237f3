// Which pair handlers of a stage are executed together.
//
// Rules of one projection that see the same pairs, keep to their own synapse and do not touch each
// other's columns go through the pairs once: what happened to a pair and when is looked up once for
// all of them.
#pragma once

#include <cstddef>
#include <vector>

#include "compiler/codegen/emission.h"

namespace bouton::codegen {

// The pair handlers among the items of a stage from `first` on that go together; none if the first
// one is something else.
[[nodiscard]] std::vector<plan::HandlerId> find_pair_group(Emission& e, const plan::Stage& stage,
                                                           std::size_t first);
void emit_pair_group(Emission& e, const std::vector<plan::HandlerId>& group);

}  // namespace bouton::codegen
