#include "tests/unit/plan/plans.h"

namespace bouton::plan {
namespace {

constexpr std::int64_t kCells = 4000;
constexpr std::int64_t kRefractorySteps = 50;
constexpr std::int64_t kDelaySteps = 15;
// Propagators over 0.1 ms of V, ge, gi with time constants 20, 5, 10 ms.
constexpr double kDecayV = 0.9950124791926823;
constexpr double kDecayE = 0.9801986733067553;
constexpr double kDecayI = 0.9900498337491681;
constexpr double kEToV = 0.004937935295285;
constexpr double kIToV = 0.004962645428503;
constexpr double kRest = -49;

struct Cuba {
  Plan plan;
  CircuitId circuit;
  PopulationId cells;
  AxisId neuron;
  ColumnId v, ge, gi, last_spike, spiked;
  EventId spike, arrival;
  PhaseId phase;
  ObserverId train;
};

struct Projection {
  LinkId link;
  ColumnId weight, arrived;
};

void add_cells(Cuba& c) {
  c.circuit = add_circuit(c.plan, "Cuba");
  c.neuron = add_neuron_axis(c.plan, "cells", kCells);
  c.cells = c.plan.populations.add({"cells", c.neuron, c.circuit});
  const auto add = [&](const char* name, Type type, Role role, Initial initial) {
    const ColumnId id = add_column(c.plan, name, type, {c.neuron}, role, std::move(initial));
    c.plan.columns[id].owner = c.cells;
    return id;
  };
  c.v = add("V", kReal, Role::State, real(-60));
  c.ge = add("ge", kReal, Role::State, {});
  c.gi = add("gi", kReal, Role::State, {});
  c.last_spike = add("last_spike", kI64, Role::State, whole(kLongAgo));
  c.spiked = add("spiked", kBool, Role::Scratch, {});
  c.plan.populations[c.cells].states = {c.v, c.ge, c.gi};
  for (const ColumnId voltage : {c.v, c.ge, c.gi})
    c.plan.columns[voltage].dimension = units::kVoltage;
}

void add_events(Cuba& c) {
  Event spike;
  spike.name = "spike";
  spike.circuit = c.circuit;
  spike.axis = c.neuron;
  spike.fired = c.spiked;
  c.spike = c.plan.events.add(spike);
  Event arrival = spike;
  arrival.name = "arrival";
  arrival.source = Event::Source::Delayed;
  arrival.fired = add_column(c.plan, "arrived", kBool, {c.neuron}, Role::Scratch);
  arrival.of = c.spike;
  arrival.delay = add_extent(c.plan, kDelaySteps);
  arrival.due = add_column(c.plan, "due", kI64, {c.neuron}, Role::State, whole(kNever));
  c.arrival = c.plan.events.add(arrival);
}

SparseStorage add_synapses(Cuba& c, const std::string& name, std::int64_t synapses) {
  SparseStorage storage;
  storage.synapse =
      c.plan.axes.add({name, Axis::Kind::Synapse, add_extent(c.plan, synapses), {}, {}});
  const AxisId rows = add_neuron_axis(c.plan, name + ".rows", kCells + 1);
  const auto table = [&](const char* part, Type type, AxisId axis) {
    const ColumnId id = add_column(c.plan, name + part, type, {axis}, Role::Constant);
    c.plan.columns[id].sharing = Sharing::Shared;
    return id;
  };
  storage.post = table(".post", kI32, storage.synapse);
  storage.pre = table(".pre", kI32, storage.synapse);
  storage.first_of_post = table(".first_of_post", kI64, rows);
  storage.by_pre = table(".by_pre", kI64, storage.synapse);
  storage.first_of_pre = table(".first_of_pre", kI64, rows);
  return storage;
}

Projection add_projection(Cuba& c, const std::string& name, std::int64_t synapses, double weight) {
  Projection projection;
  Link link;
  link.name = name;
  link.pre = link.post = c.cells;
  link.storage = add_synapses(c, name, synapses);
  link.axonal = add_extent(c.plan, kDelaySteps);
  projection.weight = add_column(c.plan, name + ".w", kReal, {}, Role::Weight, real(weight));
  c.plan.columns[projection.weight].dimension = units::kVoltage;
  link.weight = projection.weight;
  projection.link = c.plan.links.add(link);
  projection.arrived = add_column(c.plan, name + ".arrived", kReal, {c.neuron}, Role::Scratch);
  return projection;
}

Item arrivals(Cuba& c, const Projection& projection) {
  KernelBuilder k(c.plan, "arrivals", c.circuit, projection.link);
  const Link& link = c.plan.links[projection.link];
  k.reduce(projection.arrived, k.load(projection.weight), synapse_space(link), Order::PartialSums);
  Handler handler;
  handler.name = link.name;
  handler.over = Handler::Over::Outgoing;
  handler.on = c.arrival;
  handler.link = projection.link;
  handler.body = k.finish();
  return {c.plan.handlers.add(handler), {}, {}};
}

KernelId arriving_kernel(Cuba& c) {
  const Event& arrival = c.plan.events[c.arrival];
  KernelBuilder k(c.plan, "arriving", c.circuit, {c.neuron});
  k.store(arrival.fired, k.op(OpCode::LessEqualInt, k.load(*arrival.due), k.step()));
  return k.finish();
}

// The refractory period is longer than the delay: one spike of a neuron is under way at most.
KernelId arrival_kernel(Cuba& c) {
  KernelBuilder k(c.plan, "arrival", c.circuit, {c.neuron});
  k.store(*c.plan.events[c.arrival].due, k.whole(kNever));
  return k.finish();
}

KernelId departure_kernel(Cuba& c) {
  KernelBuilder k(c.plan, "departure", c.circuit, {c.neuron});
  k.store(*c.plan.events[c.arrival].due, k.op(OpCode::AddInt, k.step(), k.whole(kDelaySteps)));
  return k.finish();
}

KernelId threshold_kernel(Cuba& c) {
  KernelBuilder k(c.plan, "threshold", c.circuit, {c.neuron});
  const ValueId above = k.op(OpCode::LessReal, k.real(-50), k.load(c.v));
  const ValueId interval = k.op(OpCode::SubtractInt, k.step(), k.load(c.last_spike));
  const ValueId rested = k.op(OpCode::LessEqualInt, k.whole(kRefractorySteps), interval);
  k.store(c.spiked, k.op(OpCode::And, above, rested));
  return k.finish();
}

KernelId reset_kernel(Cuba& c) {
  KernelBuilder k(c.plan, "spike", c.circuit, {c.neuron});
  k.store(c.v, k.real(-60));
  k.store(c.last_spike, k.step());
  return k.finish();
}

KernelId deliver_kernel(Cuba& c, const Projection& exc, const Projection& inh) {
  KernelBuilder k(c.plan, "deliver", c.circuit, {c.neuron});
  k.store(c.ge, k.op(OpCode::AddReal, k.load(c.ge), k.load(exc.arrived)));
  k.store(c.gi, k.op(OpCode::AddReal, k.load(c.gi), k.load(inh.arrived)));
  return k.finish();
}

KernelId integrate_kernel(Cuba& c) {
  KernelBuilder k(c.plan, "integrate", c.circuit, {c.neuron});
  const auto times = [&](double factor, ValueId x) {
    return k.op(OpCode::MultiplyReal, k.real(factor), x);
  };
  const ValueId v = k.load(c.v, Version::Before);
  const ValueId ge = k.load(c.ge, Version::Before);
  const ValueId gi = k.load(c.gi, Version::Before);
  const ValueId leak = k.op(OpCode::SubtractReal, v, k.real(kRest));
  const ValueId inputs = k.op(OpCode::AddReal, times(kEToV, ge), times(kIToV, gi));
  const ValueId decayed = k.op(OpCode::AddReal, k.real(kRest), times(kDecayV, leak));
  const ValueId interval = k.op(OpCode::SubtractInt, k.step(), k.load(c.last_spike));
  const ValueId free = k.op(OpCode::LessEqualInt, k.whole(kRefractorySteps - 1), interval);
  k.store_where(c.v, free, k.op(OpCode::AddReal, decayed, inputs));
  k.store(c.ge, times(kDecayE, ge));
  k.store(c.gi, times(kDecayI, gi));
  return k.finish();
}

void add_schedule(Cuba& c) {
  const Projection exc = add_projection(c, "exc", 256000, 1.62);
  const Projection inh = add_projection(c, "inh", 64000, -9);
  Observer train;
  train.name = "s";
  train.circuit = c.circuit;
  train.kind = Observer::Kind::Spikes;
  train.event = c.spike;
  train.every = whole(1);
  train.after = whole(0);
  c.train = c.plan.observers.add(train);
  Schedule schedule;
  schedule.name = "run";
  schedule.circuit = c.circuit;
  const KernelId arriving = arriving_kernel(c);
  const KernelId thresholds = threshold_kernel(c);
  const KernelId resets = reset_kernel(c);
  const Item from_exc = arrivals(c, exc);
  const Item from_inh = arrivals(c, inh);
  const KernelId delivers = deliver_kernel(c, exc, inh);
  const Item arrived = item_when(arrival_kernel(c), {c.arrival});
  const Item departs = item_when(departure_kernel(c), {c.spike});
  schedule.stages = {
      {Stage::Kind::Evaluate, {item(arriving), item(thresholds)}, {}},
      {Stage::Kind::Jump,
       {item_when(resets, {c.spike}), from_exc, from_inh, item(delivers), arrived, departs},
       {}},
      {Stage::Kind::Integrate, {item(integrate_kernel(c))}, {}},
      {Stage::Kind::Observe, {{c.train, {}, {}}}, {}}};
  schedule.partition = Schedule::Partition::PostRanges;
  const ScheduleId id = c.plan.schedules.add(schedule);
  c.phase = c.plan.phases.add({"", {{c.circuit, {{whole(0), id}}}}, {}, {}, {}, {}});
}

void add_host(Cuba& c) {
  const HostVariableId s = c.plan.variables.add({"s", {HostKind::Spikes, 0}, Sharing::PerLane, {}});
  const RecordTableId table = c.plan.record_tables.add({{{"s", {HostKind::Spikes, 0}, {}}}});
  HostCall uniform{"uniform", {real(-60), real(-50), {HostArray{{whole(kCells)}}, {}}}, {}, {}};
  uniform.site = RandomSite{"Cuba/cells.V", {}, 0, {}};
  c.plan.host.body.push_back({HostAssign{c.v, {}, {uniform, {}}}, {}});
  c.plan.host.body.push_back({HostRun{whole(10000), c.phase, {{c.train, s}}}, {}});
  c.plan.host.body.push_back({HostRecord{table, {variable(s)}}, {}});
}

}  // namespace

Plan cuba_plan() {
  Cuba c;
  c.plan.name = "Cuba";
  c.plan.timestep = 0.1;
  c.plan.seed = whole(0);
  add_cells(c);
  add_events(c);
  add_schedule(c);
  add_host(c);
  complete_checkpoint(c.plan);
  return c.plan;
}

}  // namespace bouton::plan
