// Leaping over quiet steps: see Note [Quiet steps] in compiler/plan/quiet.h.
//
// Note [Patience]. Finding the next step costs about as much as two quiet steps: it looks at as
// many neurons, and ends in a branch that nobody foresees. So a balance is kept of what searches
// have cost and what leaps have saved; where it is spent (spikes are dense: many neurons, or short
// refractory periods) steps are executed one after the other, and it is searched from only every
// now and then. In lanes hardly a step is quiet for all, and a search pays nearly always. When it
// is made makes no difference to any number.
//
// Note [Small steps]. The step at which a clock reaches its threshold takes a product for each
// neuron and the least of them, one after the other: as long as some ten steps of adding the gains
// and comparing, since the processor runs ahead of a comparison that it foresees. So the next few
// steps are gone one by one, and only then it is computed how many more are quiet. After a long
// leap it is computed at once: the next one is probably long, too. Lanes with clocks of their own
// would wait for the one that goes farthest: there it is always computed.
//
// Note [Reciprocals of gains]. A distance is divided by a gain by way of the gain's reciprocal,
// which stays what it is until an input changes: where gains are looked up (tabulate.h), so are
// their reciprocals. Else they are computed when a leap needs them, not with the gains: where steps
// are executed one after the other, nobody asks.
#pragma once

#include <functional>
#include <set>
#include <vector>

#include "compiler/codegen/kernel.h"

namespace bouton::codegen {

// Note [Clocks of lanes]. Replicas side by side have their events at different times, so that a
// step that is quiet in all of them is rare. Where a schedule can leap, each lane has a clock of
// its own: an iteration of the step loop executes one step of every lane, each its own k, and each
// goes on to its own next event. Lanes that have arrived at the end of the run wait: nothing that
// they would do has an effect. What is recorded in the order of steps (spikes, samples) keeps the
// schedule in lockstep, and then it does not leap.

// How the step loop of a schedule goes on.
enum class Pace : std::uint8_t { EveryStep, Leaps, LeapsByLane };
[[nodiscard]] Pace pace_of(const Emission& e, const plan::Schedule& schedule);

// Emits leaps of one schedule: between what is evaluated ahead (plan::Schedule::ahead) and the rest
// of a step.
class Leap {
 public:
  // Before the step loop begins. `until`: where the run ends (i64). `emit_reciprocals` emits what
  // crossings divide by.
  Leap(Emission& e, const plan::Schedule& schedule, llvm::Value* until,
       std::function<void()> emit_reciprocals);

  // The next step that is executed: this one, or behind the quiet ones, at most `until`. A vector
  // where lanes have clocks of their own, like the clock.
  llvm::Value* emit();

 private:
  [[nodiscard]] bool by_lane() const { return e_.running != nullptr; }
  [[nodiscard]] llvm::Value* now();
  [[nodiscard]] std::set<plan::EventId> events(bool ahead);
  [[nodiscard]] llvm::Value* happens();
  void clear_events(llvm::Value* next);
  void search(llvm::AllocaInst* to);
  void search_by_lane(llvm::AllocaInst* to);
  [[nodiscard]] llvm::Value* smaller(llvm::Value* a, llvm::Value* b);
  llvm::Value* next_step(llvm::Value* last, const std::vector<plan::KernelId>& flips);
  llvm::Value* least_of(const std::vector<plan::KernelId>& kernels, llvm::Value* most);
  llvm::Value* least_over(const std::vector<plan::AxisId>& space,
                          const std::vector<plan::KernelId>& kernels);
  llvm::Value* is_due();
  void let_clocks_gain(llvm::Value* steps);
  void pass_over(llvm::Value* next);
  llvm::Value* go_through_quiet_steps(llvm::Value* last);
  void go_near(llvm::AllocaInst* next, llvm::Value* end, llvm::BasicBlock* found,
               llvm::BasicBlock* none);
  void go_far(llvm::AllocaInst* next, llvm::Value* last);
  // Sets down what a search was worth (a clock), and when the next one is due.
  void settle(llvm::Value* saved);

  Emission& e_;
  const plan::Schedule& schedule_;
  llvm::Value* until_;
  std::function<void()> emit_reciprocals_;
  llvm::AllocaInst* balance_;  // i64: quiet steps
  llvm::AllocaInst* waiting_;  // i64: steps until then
  llvm::AllocaInst* was_far_;  // i1: the last leap was longer than small steps reach
};

}  // namespace bouton::codegen
