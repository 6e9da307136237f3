// Leaping over quiet steps: see Note [Quiet steps] in compiler/plan/quiet.h.
//
// Note [Patience]. Finding the next step costs about as much as a quiet step. Where steps are
// seldom quiet (large networks, in which somebody always spikes) the search is given up for a
// while, twice as long each time, up to 64 steps; one leap resets that. When it is tried makes no
// difference to any number.
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
  void cross(llvm::Value* next);

  Emission& e_;
  const plan::Schedule& schedule_;
  llvm::AllocaInst* patience_;  // i64: how long to wait after the next vain search
  llvm::AllocaInst* waiting_;   // i64: steps until then
};

}  // namespace bouton::codegen
