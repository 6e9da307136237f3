// psp(s) of one projection, sampled at whole steps up to its bounded support (SEMANTICS 10).
#pragma once

#include "compiler/elaborate/builder.h"

namespace bouton::elaborate {

// Reports a window that is not eventually 0.
[[nodiscard]] std::optional<PspShape> build_psp_shape(const model::Synapse& synapse,
                                                      const SynapseInstance& instance,
                                                      Builder& builder);

// One value on an interval and 0 elsewhere; nothing for any other shape, and for one that is 0
// everywhere the empty interval.
[[nodiscard]] std::optional<PspShape::Level> find_level(const std::vector<double>& samples);

}  // namespace bouton::elaborate
