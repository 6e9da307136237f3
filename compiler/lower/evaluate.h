// Stages Evaluate and Integrate: what every step computes for all neurons.
#pragma once

#include <map>
#include <set>

#include "compiler/lower/input.h"
#include "compiler/lower/step_groups.h"

namespace bouton::lower {

// Psps and sums of inputs, and one kernel for each group of values. What a silent projection would
// deliver is left out of the code: the kernels that add up its input exist once more without it.
class Evaluation {
 public:
  Evaluation(Lowering& lowering, const std::vector<StepGroup>& groups);

  // Kernels that are not there yet are added to the plan.
  [[nodiscard]] std::vector<plan::Item> items(const Silent& silent);

 private:
  struct Group {
    StepGroup source;
    std::set<elaborate::ProjectionId> projections;  // that end at one of its inputs
    // Its kernel and what comes behind it, by those of them that are silent.
    std::map<Silent, std::vector<plan::Item>> items;
  };
  [[nodiscard]] const std::vector<plan::Item>& items_of(Group& group, const Silent& silent);
  [[nodiscard]] bool is_sent_late(elaborate::ProjectionId id) const;
  [[nodiscard]] const std::vector<plan::Item>& sums_of(elaborate::ProjectionId id);

  Lowering& lowering_;
  std::vector<plan::Item> kept_;
  std::vector<Group> groups_;
  std::map<elaborate::ProjectionId, std::vector<plan::Item>> sums_;
};

// x(k+1) of all states with an equation, simultaneously.
[[nodiscard]] std::vector<plan::Item> lower_integration(Lowering& lowering);

}  // namespace bouton::lower
