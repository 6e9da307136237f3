#include "tests/unit/plan/breakages.h"
#include "tests/unit/plan/plans.h"

namespace bouton::plan {
namespace {

Event& event(Plan& plan, const char* name) { return plan.events[named(plan.events, name)]; }
ColumnId column(const Plan& plan, const char* name) { return named(plan.columns, name); }

// A potential that relaxes step by step.
void leak_every_step(Plan& plan) {
  KernelBuilder k(plan, "leak", CircuitId{0}, {AxisId{0}});
  const ColumnId v = add_column(plan, "v", kReal, {AxisId{0}}, Role::State);
  k.store(v, k.op(OpCode::MultiplyReal, k.real(0.9), k.load(v)));
  stage_of(plan, Stage::Kind::Evaluate).items.push_back(item(k.finish()));
  complete_checkpoint(plan);
}

// A drive that depends on the time of day.
void depend_on_step(Plan& plan) {
  KernelBuilder k(plan, "drive", CircuitId{0}, {AxisId{0}});
  const ColumnId drive = add_column(plan, "drive", kReal, {AxisId{0}}, Role::Scratch);
  k.store(drive, k.op(OpCode::IntToReal, k.step()));
  stage_of(plan, Stage::Kind::Evaluate).items.push_back(item(k.finish()));
}

void draw_every_step(Plan& plan) { plan.streams[StreamId{0}].key = Stream::Key::Step; }

}  // namespace

std::vector<Breakage> schedule_breakages() {
  return {
      {"moving averages are complete", "a ring of another length", microcircuit_plan,
       [](Plan& p) { p.moving_averages[MovingAverageId{0}].length = add_extent(p, 7); }},
      {"events are complete", "spikes over another axis", cuba_plan,
       [](Plan& p) { event(p, "spike").fired = column(p, "V"); }},
      {"events are complete", "a timer that is never due", sampler_plan,
       [](Plan& p) { event(p, "psp ends").due.reset(); }},
      {"events are complete", "a delay that is never due", cuba_plan,
       [](Plan& p) { event(p, "arrival").due.reset(); }},
      {"events are complete", "the queue of another event", sampler_plan,
       [](Plan& p) {
         Event arrival = p.events[EventId{0}];
         arrival.source = Event::Source::Delayed;
         arrival.of = EventId{0};
         arrival.delay = ExtentId{0};
         arrival.queue = p.histories.add(p.histories[HistoryId{0}]);
         p.histories[*arrival.queue].of = p.events.add(arrival);
         p.events[p.histories[*arrival.queue].of].due = p.histories[HistoryId{0}].head;
       }},
      {"events are complete", "a delay of what is not delayed", cuba_plan,
       [](Plan& p) { event(p, "spike").delay = ExtentId{0}; }},
      {"events are complete", "a history of reals", sampler_plan,
       [](Plan& p) { p.histories[HistoryId{0}].ring = column(p, "W.w"); }},
      {"handlers are complete", "pairs without sides", sampler_plan,
       [](Plan& p) { p.handlers[HandlerId{0}].pairs.reset(); }},
      {"handlers are complete", "the nearest zero", sampler_plan,
       [](Plan& p) { p.handlers[HandlerId{0}].pairs->pairing.count = 0; }},
      {"handlers are complete", "synapses of another projection", cuba_plan,
       [](Plan& p) { p.handlers[HandlerId{0}].link = p.handlers[HandlerId{1}].link; }},
      {"schedules are in order", "learning after the jump", sampler_plan,
       [](Plan& p) {
         auto& stages = p.schedules[ScheduleId{0}].stages;
         std::swap(stages[1], stages[2]);
       }},
      {"schedules are in order", "learning ahead of a leap", sampler_plan,
       [](Plan& p) { p.schedules[ScheduleId{0}].ahead = 6; }},
      {"schedules are in order", "an observer in the middle", sampler_plan,
       [](Plan& p) { stage_of(p, Stage::Kind::Learn).items.push_back({ObserverId{0}, {}, {}}); }},
      {"schedules are in order", "a commit without a buffer", pal_plan,
       [](Plan& p) { stage_of(p, Stage::Kind::Integrate).commits = {column(p, "u")}; }},
      {"schedules are in order", "a buffer without a commit", pal_plan,
       [](Plan& p) { p.columns[column(p, "h")].buffers.next = true; }},
      {"schedules are in order", "a guard over another axis", sampler_plan,
       [](Plan& p) { stage_of(p, Stage::Kind::Evaluate).items[2].when = {EventId{0}}; }},
      {"schedules are in order", "a histogram of reals", sampler_plan,
       [](Plan& p) { p.observers[ObserverId{1}].what->what = column(p, "u"); }},
      {"phases run schedules of their circuit", "nothing to run", sampler_plan,
       [](Plan& p) { p.phases[PhaseId{0}].parts.clear(); }},
      {"phases run schedules of their circuit", "a rule that is not executed", sampler_plan,
       [](Plan& p) { stage_of(p, Stage::Kind::Learn).items.pop_back(); }},
      {"skipping changes nothing", "a leak in every step", sampler_plan, leak_every_step},
      {"skipping changes nothing", "a drive that depends on the step", sampler_plan,
       depend_on_step},
      {"skipping changes nothing", "draws in every step", sampler_plan, draw_every_step},
      {"skipping changes nothing", "clocks that stand still between the steps", sampler_plan,
       [](Plan& p) { p.schedules[ScheduleId{0}].between.clear(); }},
      {"skipping changes nothing", "a horizon that is no step", sampler_plan,
       [](Plan& p) {
         p.kernels[p.schedules[ScheduleId{0}].horizon[0]].reductions[0].order = Order::Maximum;
       }},
      {"skipping changes nothing", "a hazard whose crossing nobody computes", sampler_plan,
       [](Plan& p) { p.schedules[ScheduleId{0}].crossings.clear(); }},
      {"skipping changes nothing", "a hazard that cannot be asked whether it is due", sampler_plan,
       [](Plan& p) { p.schedules[ScheduleId{0}].due.clear(); }},
      {"skipping changes nothing", "the reciprocal of a clock", sampler_plan,
       [](Plan& p) {
         Kernel& kernel = p.kernels[p.schedules[ScheduleId{0}].reciprocals[0]];
         kernel.reads[0].what = column(p, "hazard");
       }},
      {"skipping changes nothing", "a reciprocal that lasts", sampler_plan,
       [](Plan& p) { p.columns[column(p, "half reciprocal")].role = Role::State; }},
      {"scratch is written before it is read", "a reciprocal read before a leap", sampler_plan,
       [](Plan& p) {
         Schedule& schedule = p.schedules[ScheduleId{0}];
         schedule.between.push_back(schedule.crossings.front());
       }},
      {"scratch is written before it is read", "reciprocals that nobody computes", sampler_plan,
       [](Plan& p) { p.schedules[ScheduleId{0}].reciprocals.clear(); }},
      {"skipping changes nothing", "timers that nobody looks at", sampler_plan,
       [](Plan& p) { p.schedules[ScheduleId{0}].horizon.clear(); }},
      {"skipping changes nothing", "a clock that advances ahead of a leap", sampler_plan,
       [](Plan& p) { p.schedules[ScheduleId{0}].ahead = 5; }},
      {"skipping changes nothing", "rates that are computed behind a leap", sampler_plan,
       [](Plan& p) { p.schedules[ScheduleId{0}].ahead = 3; }},
      {"skipping changes nothing", "an observer of the hazard clock", sampler_plan,
       [](Plan& p) { p.observers[ObserverId{2}].what->what = column(p, "hazard"); }},
      {"skipping changes nothing", "a clock per lane that steps", cuba_plan,
       [](Plan& p) { p.schedules[ScheduleId{0}].clock = Schedule::Clock::PerLane; }},
  };
}

}  // namespace bouton::plan
