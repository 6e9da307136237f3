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
// Note [Clocks of lanes]. Replicas side by side have their events at different times, so that a
// step that is quiet in all of them is rare. Where a schedule can leap, each lane has a clock of
// its own: an iteration of the step loop executes one step of every lane, each its own k, and each
// goes on to its own next event. Lanes that have arrived at the end of the run wait: nothing that
// they would do has an effect. What is recorded in the order of steps (spikes, samples) keeps the
// schedule in lockstep, and then it does not leap.

// How the step loop of a schedule goes on.
enum class Pace : std::uint8_t { EveryStep, Leaps, LeapsByLane };
[[nodiscard]] Pace pace_of(const Emission& e, const plan::Schedule& schedule);

// Emits what follows the stages of a step of one schedule that leaps.
class Leap {
 public:
  // Before the step loop begins. `until`: where the run ends (i64).
  Leap(Emission& e, const plan::Schedule& schedule, llvm::Value* until);

  // The step to go on at: the next one, or behind the quiet ones, at most `until`. A vector where
  // lanes have clocks of their own, like the clock.
  llvm::Value* emit();

 private:
  [[nodiscard]] bool by_lane() const { return e_.running != nullptr; }
  llvm::Value* of_clock(std::int64_t number);
  llvm::Value* any(llvm::Value* of_clocks);
  llvm::Value* happened();
  void search(llvm::Value* quiet, llvm::Value* following, llvm::AllocaInst* next);
  llvm::Value* next_step();
  void cross(llvm::Value* next);

  Emission& e_;
  const plan::Schedule& schedule_;
  llvm::Value* until_;
  llvm::AllocaInst* patience_;  // i64: how long to wait after the next vain search
  llvm::AllocaInst* waiting_;   // i64: steps until then
};

}  // namespace bouton::codegen
