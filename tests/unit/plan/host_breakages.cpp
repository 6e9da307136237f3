#include "tests/unit/plan/breakages.h"
#include "tests/unit/plan/plans.h"

namespace bouton::plan {
namespace {

// A population whose size is a variable that every lane has for itself.
void size_by_lane(Plan& plan) {
  const HostVariableId size =
      plan.variables.add({"n", {HostKind::Integer, 0}, Sharing::PerLane, {}});
  plan.extents[ExtentId{0}].value = variable(size);
}

void share_a_lane(Plan& plan) {
  const HostVariableId common =
      plan.variables.add({"common", {HostKind::Real, 0}, Sharing::Shared, {}});
  plan.host.body.push_back({HostLet{common, {ElapsedSteps{}, {}}}, {}});
}

// Random numbers follow the seed, and every lane has its own.
void share_random_numbers(Plan& plan) {
  const ParameterId seed =
      plan.parameters.add({"seed", {HostKind::Integer, 0}, Sharing::PerLane, {}, {}});
  plan.seed = {ParameterRead{seed}, {}};
  plan.columns[named(plan.columns, "V")].sharing = Sharing::Shared;
}

HostFor& training(Plan& plan) { return std::get<HostFor>(plan.host.body[1].node); }

}  // namespace

std::vector<Breakage> host_breakages() {
  return {
      {"the checkpoint is complete", "a state that is lost", sampler_plan,
       [](Plan& p) { p.checkpoint.pop_back(); }},
      {"the checkpoint is complete", "scratch that is kept", sampler_plan,
       [](Plan& p) { p.columns[p.checkpoint[3]].role = Role::Scratch; }},
      {"values do not depend on the lanes", "a size of each lane", cuba_plan, size_by_lane},
      {"values do not depend on the lanes", "a shared value of one lane", cuba_plan, share_a_lane},
      {"values do not depend on the lanes", "a shared array drawn by the lane's seed", cuba_plan,
       share_random_numbers},
      {"values do not depend on the lanes", "a shared column computed in a lane", pal_plan,
       [](Plan& p) { p.columns[named(p.columns, "h")].sharing = Sharing::Shared; }},
      {"host statements are complete", "a break outside of a loop", sampler_plan,
       [](Plan& p) { p.host.body.push_back({HostBreak{}, {}}); }},
      {"host statements are complete", "a result that is not observed", sampler_plan,
       [](Plan& p) { stage_of(p, Stage::Kind::Observe).items.pop_back(); }},
      {"host statements are complete", "a row with a cell too many", cuba_plan,
       [](Plan& p) { std::get<HostRecord>(p.host.body.back().node).cells.push_back(whole(1)); }},
      {"host statements are complete", "a plot of a missing column", cuba_plan,
       [](Plan& p) { p.host.body.push_back({HostPlot{RecordTableId{0}, {{0, 4, false}}}, {}}); }},
      {"host statements are complete", "a tape that is a parameter", sampler_plan,
       [](Plan& p) {
         p.host.body.push_back({HostReplay{StreamId{0}, named(p.columns, "bias"), real(0)}, {}});
       }},
      {"resets leave weights, parameters, clocks and ordinals alone", "weights set back",
       sampler_plan,
       [](Plan& p) {
         std::get<HostReset>(training(p).body[0].node).columns.push_back(named(p.columns, "W.w"));
       }},
  };
}

}  // namespace bouton::plan
