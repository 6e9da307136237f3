#include "tests/unit/plan/breakages.h"
#include "tests/unit/plan/plans.h"

namespace bouton::plan {
namespace {

ColumnId column(const Plan& plan, const char* name) { return named(plan.columns, name); }

// Two kernels in stage Integrate that both set V of CUBA.
void integrate_twice(Plan& plan) {
  stage_of(plan, Stage::Kind::Integrate).items.push_back(item(named(plan.kernels, "integrate")));
}

// ge gives to gi, which was integrated by then.
void read_after_write(Plan& plan) {
  KernelBuilder k(plan, "coupling", CircuitId{0}, {AxisId{0}});
  const ColumnId x = add_column(plan, "x", kReal, {AxisId{0}}, Role::State);
  k.store(x, k.load(column(plan, "gi"), Version::Before));
  stage_of(plan, Stage::Kind::Integrate).items.push_back(item(k.finish()));
  complete_checkpoint(plan);
}

// Every neuron takes the potential of its left neighbour while that is being replaced.
void read_neighbours(Plan& plan) {
  KernelBuilder k(plan, "shift", CircuitId{0}, {AxisId{0}});
  const ColumnId ge = column(plan, "ge");
  const ValueId left =
      k.op(OpCode::MaxInt, k.whole(0), k.op(OpCode::SubtractInt, k.index(AxisId{0}), k.whole(1)));
  k.store(ge, k.load_at(ge, {left}));
  stage_of(plan, Stage::Kind::Evaluate).items.push_back(item(k.finish()));
}

// What arrives at one event and leaves at another.
void take_away(Plan& plan) {
  KernelBuilder k(plan, "leave", CircuitId{0}, {AxisId{0}});
  const ColumnId ge = column(plan, "ge");
  k.store(ge, k.op(OpCode::SubtractReal, k.load(ge), k.real(1)));
  const KernelId leave = k.finish();
  KernelBuilder a(plan, "arrive", CircuitId{0}, {AxisId{0}});
  a.store(ge, a.op(OpCode::AddReal, a.load(ge), a.real(1)));
  Stage& jump = stage_of(plan, Stage::Kind::Jump);
  jump.items.push_back(item_when(leave, {EventId{0}}));
  jump.items.push_back(item_when(a.finish(), {EventId{1}}));
}

}  // namespace

std::vector<Breakage> stage_breakages() {
  return {
      {"one writer per column and stage", "integration twice", cuba_plan, integrate_twice},
      {"reading before a write needs a second buffer", "a value that was overwritten", cuba_plan,
       read_after_write},
      {"reading before a write needs a second buffer", "neighbours that change", cuba_plan,
       read_neighbours},
      {"previous steps are kept", "no previous slot", pal_plan,
       [](Plan& p) { p.columns[column(p, "xi")].buffers.previous = false; }},
      {"previous steps are kept", "a slot that is never taken over", pal_plan,
       [](Plan& p) { stage_of(p, Stage::Kind::Commit).commits.clear(); }},
      {"previous steps are kept", "a scratch column with a past", pal_plan,
       [](Plan& p) { p.columns[column(p, "n")].buffers.previous = true; }},
      {"scratch is written before it is read", "noise drawn too late", pal_plan,
       [](Plan& p) {
         auto& stages = p.schedules[ScheduleId{0}].stages;
         std::swap(stages[0].items[0], stages[1].items[0]);
       }},
      {"scratch is written before it is read", "a spike that nothing detects", cuba_plan,
       [](Plan& p) { stage_of(p, Stage::Kind::Evaluate).items.clear(); }},
      {"scratch is written before it is read", "a leap that looks at what is behind it",
       sampler_plan, [](Plan& p) { p.schedules[ScheduleId{0}].ahead = 3; }},
      {"shared columns are not written by kernels", "weights that learn for all lanes", pal_plan,
       [](Plan& p) { p.columns[column(p, "B1.w")].sharing = Sharing::Shared; }},
      {"shared columns are not written by kernels", "a product into a shared column", pal_plan,
       [](Plan& p) { p.columns[column(p, "basal")].sharing = Sharing::Shared; }},
      {"events do not both add to and subtract from a real", "on and off of an input", cuba_plan,
       take_away},
  };
}

}  // namespace bouton::plan
