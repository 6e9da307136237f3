// Leaping over quiet steps: see Note [Quiet steps] in compiler/plan/quiet.h.
//
// Note [Patience]. Finding the next step costs about as much as six quiet steps: it looks at as
// many neurons, divides, and ends in a branch that nobody foresees. So a balance is kept of what
// searches have cost and what leaps have saved; where it is spent (spikes are dense: many neurons,
// or short refractory periods) quiet steps are executed, and the next of them is searched from only
// every now and then. When that is makes no difference to any number.
#pragma once

#include "compiler/codegen/emission.h"

namespace bouton::codegen {

// Emits what follows the stages of a step of one schedule, run alone (without lanes).
class Leap {
 public:
  // Before the step loop begins.
  Leap(Emission& e, const plan::Schedule& schedule);

  // The step to go on at: the next one, or behind the quiet ones, at most `until`.
  llvm::Value* emit(llvm::Value* until);

 private:
  llvm::Value* any_event();
  llvm::Value* next_step(llvm::Value* until);
  // Sets down what a search was worth, and when the next one is due.
  void settle(llvm::Value* saved);
  void cross(llvm::Value* next);

  Emission& e_;
  const plan::Schedule& schedule_;
  llvm::AllocaInst* balance_;  // i64: quiet steps
  llvm::AllocaInst* waiting_;  // i64: steps until then
};

}  // namespace bouton::codegen
