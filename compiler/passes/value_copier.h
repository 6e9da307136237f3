// Makes values of one kernel available in another over the same space: what is cheap is computed
// again, the rest is left in a scratch column by the first kernel and loaded by the second. The
// second must run after the first, while the columns that it reads still hold what they held, but
// may run at a later step: nothing that follows from the step count is computed again.
#pragma once

#include <map>
#include <utility>

#include "compiler/plan/builder.h"

namespace bouton::passes {

// Where values of kernels are kept for others: the same column for whoever asks.
using KeptValues = std::map<std::pair<plan::KernelId, plan::ValueId>, plan::ColumnId>;

class ValueCopier {
 public:
  ValueCopier(plan::Plan& plan, plan::KernelId from, plan::KernelBuilder& into, KeptValues& kept)
      : plan_(plan), from_(from), into_(into), kept_(kept) {}

  plan::ValueId copy(plan::ValueId value);

 private:
  [[nodiscard]] plan::ValueId made_again(plan::ValueId value);
  [[nodiscard]] plan::ColumnId kept(plan::ValueId value);

  plan::Plan& plan_;
  plan::KernelId from_;
  plan::KernelBuilder& into_;
  KeptValues& kept_;
  std::map<plan::ValueId, plan::ValueId> copied_;
};

}  // namespace bouton::passes
