// `population z[n]: Sampler(tau_ref)` -> a population of known size with parameter values;
// `population pyr[l in 1 .. 3][dims[l]]: …` -> one for every l.
#pragma once

#include "compiler/elaborate/builder.h"

namespace bouton::elaborate {

void add_population(const model::PopulationDecl& decl, source::Span span, Builder& builder);

// What a network may take: 2^34 bytes, a generous part of today's machines. Counts `bytes` among
// what it takes already; reports and returns false beyond it.
[[nodiscard]] bool fits_memory(const std::string& name, double bytes, source::Span span,
                               Builder& builder);

}  // namespace bouton::elaborate
