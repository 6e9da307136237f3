// Sums of weighted psps in fixed point (SEMANTICS 24), and what shows that they hold.
//
// Note [Sums that overflow]. A sum of integers is the same in any order, but wraps around in
// silence. So three sums are kept: the exact one, the same in multiples of 2^-12, which does not
// overflow, and how many terms do not fit. The first two differ by at most 2^-13 for each spike
// that acts, and by a multiple of 2^20 besides where the first has overflowed: they tell for up to
// 2^31 spikes.
#pragma once

#include <optional>
#include <string>

#include "compiler/lower/expression.h"

namespace bouton::lower {

class ExactSum {
 public:
  // In a kernel over the synapses of a projection; terms are weight * height.
  ExactSum(plan::KernelBuilder& kernel, const ProjectionParts& parts, double height);
  // The term counts where `where` holds, `times` times (once).
  void add(plan::ValueId where, std::optional<plan::ValueId> times) const;

 private:
  [[nodiscard]] plan::ValueId term(plan::Type type, std::optional<plan::ValueId> times) const;

  plan::KernelBuilder& k_;
  const ProjectionParts& parts_;
  plan::ValueId weighted_, fits_;
};

// The sum as a real, where a kernel over the postsynaptic neurons reads it; a fault where it is
// too large. `name`: the projection's.
[[nodiscard]] Value read_exact_sum(const ProjectionParts& parts, const std::string& name,
                                   source::Span span, Emitter& emit);

}  // namespace bouton::lower
