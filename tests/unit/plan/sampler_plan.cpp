#include "tests/unit/plan/plans.h"
#include "tests/unit/plan/sampler.h"

namespace bouton::plan {
namespace {

constexpr std::int64_t kNeurons = 7;
constexpr std::int64_t kRefractorySteps = 50;
// -ln(tau_ref/timestep), rounded
constexpr double kLogSteps = 3.912023005428146;

constexpr std::array<const char*, 3> kTimers{"psp begins", "psp ends", "refractoriness ends"};

void add_network(Sampler& s) {
  s.circuit = add_circuit(s.plan, "Sampling");
  s.neuron = add_neuron_axis(s.plan, "z", kNeurons);
  s.z = s.plan.populations.add({"z", s.neuron, s.circuit});
  const DenseStorage storage = add_dense_axes(s.plan, "W", s.neuron, s.neuron, true);
  s.post = storage.post;
  s.pre = storage.pre;
  s.weight = add_column(s.plan, "W.w", kReal, {s.post, s.pre}, Role::Weight);
  s.link = s.plan.links.add({"W", s.z, s.z, storage, s.weight, {}, {}, {}, {}});
  s.hebb = s.plan.rules.add({"hebb", s.link, {}});
  s.sal = s.plan.rules.add({"sal", s.link, {}});
}

ColumnId neuron_column(Sampler& s, const char* name, Type type, Role role, Initial initial = {}) {
  const ColumnId id = add_column(s.plan, name, type, {s.neuron}, role, std::move(initial));
  s.plan.columns[id].owner = s.z;
  return id;
}

ColumnId rule_column(Sampler& s, const char* name, RuleId rule, Role role, double initial) {
  const ColumnId id = add_column(s.plan, name, kReal, {s.post, s.pre}, role, real(initial));
  s.plan.columns[id].owner = rule;
  return id;
}

void add_neuron_columns(Sampler& s) {
  s.bias = neuron_column(s, "bias", kReal, Role::Parameter);
  s.last_spike = neuron_column(s, "last_spike", kI64, Role::State, whole(kLongAgo));
  s.input = neuron_column(s, "I", kInputFixed, Role::Scratch);
  s.potential = neuron_column(s, "u", kReal, Role::Scratch);
  s.gain = neuron_column(s, "gain", kHazardFixed, Role::Scratch);
  s.half_reciprocal = neuron_column(s, "half reciprocal", kDouble, Role::Scratch);
  s.hazard = neuron_column(s, "hazard", kHazardFixed, Role::HazardClock);
  s.threshold = neuron_column(s, "threshold", kHazardFixed, Role::Threshold);
  s.ordinal = neuron_column(s, "ordinal", kI64, Role::DrawOrdinal);
  s.spiked = neuron_column(s, "spiked", kBool, Role::Scratch);
  s.next = add_column(s.plan, "next", kI64, {}, Role::Scratch);
  s.due = add_column(s.plan, "due", kBool, {}, Role::Scratch);
  s.stream = s.plan.streams.add({"Sampling/z.spike", Stream::Key::Ordinal, s.ordinal});
  s.rate_vanishes = s.plan.faults.add({Fault::Kind::SpikeRate, "", "z", {}});
}

void add_timers(Sampler& s) {
  s.on = neuron_column(s, "psp_on", kBool, Role::Flag);
  s.active = neuron_column(s, "active", kBool, Role::Flag);
  s.ready = neuron_column(s, "ready", kBool, Role::Flag, HostExpr{HostTruth{true}});
  for (const std::size_t i : {0U, 1U, 2U}) {
    s.timer_due[i] = neuron_column(s, kTimers[i], kI64, Role::State, whole(kNever));
    s.timer_fired[i] = neuron_column(s, kTimers[i], kBool, Role::Scratch);
  }
}

EventId add_event(Sampler& s, const char* name, Event::Source source, ColumnId fired,
                  std::optional<ColumnId> due) {
  Event event;
  event.name = name;
  event.circuit = s.circuit;
  event.source = source;
  event.axis = s.neuron;
  event.fired = fired;
  event.due = due;
  return s.plan.events.add(event);
}

void add_events(Sampler& s) {
  s.spike = add_event(s, "spike", Event::Source::HazardCrossing, s.spiked, {});
  for (const std::size_t i : {0U, 1U, 2U})
    s.timers.push_back(
        add_event(s, kTimers[i], Event::Source::Timer, s.timer_fired[i], s.timer_due[i]));
  const AxisId depth = add_ring_axis(s.plan, "last spikes", 1);
  s.ring = add_column(s.plan, "z.spikes", kI64, {s.neuron, depth}, Role::History, whole(kLongAgo));
  s.head = neuron_column(s, "spike_count", kI64, Role::History);
  s.history = s.plan.histories.add({"z", s.spike, s.ring, s.head});
}

KernelId timer_kernel(Sampler& s) {
  KernelBuilder k(s.plan, "timers", s.circuit, {s.neuron});
  const ValueId now = k.step();
  for (const std::size_t i : {0U, 1U, 2U})
    k.store(s.timer_fired[i], k.op(OpCode::EqualInt, k.load(s.timer_due[i]), now));
  return k.finish();
}

KernelId switch_kernel(Sampler& s) {
  KernelBuilder k(s.plan, "switch", s.circuit, {s.neuron});
  const ValueId begins = k.load(s.timer_fired[0]);
  const ValueId ends = k.op(OpCode::Not, k.load(s.timer_fired[1]));
  const ValueId rests = k.load(s.timer_fired[2]);
  k.store(s.on, k.op(OpCode::And, k.op(OpCode::Or, k.load(s.on), begins), ends));
  const ValueId active = k.op(OpCode::Or, k.load(s.active), begins);
  k.store(s.active, k.op(OpCode::And, active, k.op(OpCode::Not, rests)));
  k.store(s.ready, k.op(OpCode::Or, k.load(s.ready), rests));
  return k.finish();
}

KernelId input_kernel(Sampler& s) {
  KernelBuilder k(s.plan, "I", s.circuit, s.link);
  const ValueId weight = k.op_as(kInputFixed, OpCode::RoundToFixed, k.load(s.weight));
  k.reduce_where(s.input, k.load_at(s.on, {s.pre}), weight, {s.pre}, Order::Exact);
  return k.finish();
}

KernelId rate_kernel(Sampler& s) {
  KernelBuilder k(s.plan, "rate", s.circuit, {s.neuron});
  const ValueId input = k.op(OpCode::FixedToReal, k.load(s.input));
  const ValueId u = k.op(OpCode::AddReal, k.load(s.bias), input);
  const ValueId log_steps = k.real(kLogSteps);
  const ValueId rate = k.math("softplus", k.op(OpCode::SubtractReal, u, log_steps));
  const ValueId gain =
      k.op_as(kHazardFixed, OpCode::RoundToFixed, k.op(OpCode::MinReal, rate, k.real(64)));
  const ValueId vanishes = k.op(OpCode::EqualFixed, gain, k.fixed(0, kHazardFixed));
  const ValueId zero = k.op(OpCode::EqualReal, rate, k.real(0));
  k.require(s.rate_vanishes, k.op(OpCode::Or, k.op(OpCode::Not, vanishes), zero), rate);
  k.store(s.gain, gain);
  k.store(s.potential, u);
  return k.finish();
}

KernelId hazard_kernel(Sampler& s) {
  KernelBuilder k(s.plan, "hazard", s.circuit, {s.neuron});
  const ValueId ready = k.load(s.ready);
  const ValueId gained = k.op(OpCode::AddFixed, k.load(s.hazard), k.load(s.gain));
  const ValueId reached = k.op(OpCode::LessEqualFixed, k.load(s.threshold), gained);
  k.store(s.spiked, k.op(OpCode::And, ready, reached));
  k.store_where(s.hazard, ready, gained);
  return k.finish();
}

// amplitude * (1 - |dt|/tau) where |dt| < tau, with the sign of each side of the window.
KernelId window_kernel(Sampler& s, const char* name, ColumnId state, ColumnId amplitude,
                       double causal) {
  KernelBuilder k(s.plan, name, s.circuit, s.link);
  const ValueId dt = k.input(Input::Interval);
  const ValueId zero = k.whole(0);
  const ValueId distance = k.op(OpCode::AbsInt, dt);
  const ValueId inside = k.op(OpCode::LessInt, distance, k.whole(kRefractorySteps));
  const ValueId apart = k.op(OpCode::NotEqualInt, dt, zero);
  const ValueId tau = k.real(static_cast<double>(kRefractorySteps));
  const ValueId slope = k.op(OpCode::DivideReal, k.op(OpCode::IntToReal, distance), tau);
  const ValueId height = k.op(OpCode::SubtractReal, k.real(1), slope);
  const ValueId is_causal = k.op(OpCode::LessInt, zero, dt);
  const ValueId sign = k.select(is_causal, k.real(causal), k.real(1));
  const ValueId window = k.op(OpCode::MultiplyReal, k.load(amplitude), height);
  const ValueId change = k.op(OpCode::MultiplyReal, sign, window);
  const ValueId changed = k.op(OpCode::AddReal, k.load(state), change);
  k.store_where(state, k.op(OpCode::And, apart, inside), changed);
  return k.finish();
}

HandlerId pair_handler(Sampler& s, const char* name, RuleId rule, KernelId body) {
  Handler handler;
  handler.name = name;
  handler.over = Handler::Over::Pairs;
  const Pairing nearest{Pairing::Kind::Nearest, 1, true};
  handler.pairs = PairSource{s.spike, s.spike, s.history, s.history, nearest};
  handler.link = s.link;
  handler.body = body;
  handler.rule = rule;
  return s.plan.handlers.add(handler);
}

void store_threshold(Sampler& s, KernelBuilder& k, ValueId ordinal) {
  const ValueId word = k.word(s.stream, k.index(s.neuron), ordinal);
  const ValueId uniform = k.op(OpCode::UniformOfWord, word);
  k.store(s.threshold, k.op_as(kHazardFixed, OpCode::HazardThreshold, uniform));
}

void store_next_draw(Sampler& s, KernelBuilder& k) {
  const ValueId next = k.op(OpCode::AddInt, k.load(s.ordinal), k.whole(1));
  store_threshold(s, k, next);
  k.store(s.ordinal, next);
}

KernelId spike_kernel(Sampler& s) {
  KernelBuilder k(s.plan, "spike", s.circuit, {s.neuron});
  const ValueId now = k.step();
  const auto later = [&](std::int64_t steps) { return k.op(OpCode::AddInt, now, k.whole(steps)); };
  k.store(s.last_spike, now);
  k.store(s.timer_due[0], later(1));
  k.store(s.timer_due[1], later(kRefractorySteps));
  k.store(s.timer_due[2], later(kRefractorySteps + 1));
  k.store(s.ready, k.truth(false));
  k.store(s.hazard, k.fixed(0, kHazardFixed));
  store_next_draw(s, k);
  return k.finish();
}

void add_draw_kernels(Sampler& s) {
  KernelBuilder first(s.plan, "first threshold", s.circuit, {s.neuron});
  store_threshold(s, first, first.load(s.ordinal));
  s.draw_first = first.finish();
  KernelBuilder next(s.plan, "next threshold", s.circuit, {s.neuron});
  store_next_draw(s, next);
  s.draw_next = next.finish();
  s.plan.columns[s.threshold].initial = InitialKernel{s.draw_first};
}

ObserverId add_observer(Sampler& s, const char* name, Observer::Kind kind,
                        std::optional<ColumnId> what) {
  Observer observer;
  observer.name = name;
  observer.circuit = s.circuit;
  observer.kind = kind;
  if (what) observer.what = Read{*what, Version::Current};
  if (!what) observer.event = s.spike;
  observer.every = whole(what ? kRefractorySteps / 2 : 1);
  observer.after = whole(0);
  return s.plan.observers.add(observer);
}

void add_observers(Sampler& s) {
  s.observers = {add_observer(s, "spikes", Observer::Kind::Count, {}),
                 add_observer(s, "visits", Observer::Kind::StateHistogram, s.active),
                 add_observer(s, "u", Observer::Kind::Samples, s.potential),
                 add_observer(s, "train", Observer::Kind::Spikes, {})};
}

void add_schedule(Sampler& s) {
  Schedule schedule;
  schedule.name = "train";
  schedule.circuit = s.circuit;
  const KernelId timers = timer_kernel(s);
  const KernelId switches = switch_kernel(s);
  const KernelId inputs = input_kernel(s);
  const KernelId rates = rate_kernel(s);
  const KernelId hazards = hazard_kernel(s);
  const KernelId hebb = window_kernel(s, "coactivation", s.hebb_c, s.hebb_amplitude, 1);
  const KernelId sal = window_kernel(s, "alignment", s.sal_c, s.sal_amplitude, -1);
  const KernelId spikes = spike_kernel(s);
  schedule.stages = {
      {Stage::Kind::Evaluate,
       {item(timers), item_when(switches, s.timers), item(inputs), item(rates), item(hazards)},
       {}},
      {Stage::Kind::Learn,
       {{pair_handler(s, "hebb", s.hebb, hebb), {}, {}},
        {pair_handler(s, "sal", s.sal, sal), {}, {}}},
       {}},
      {Stage::Kind::Jump, {item_when(spikes, {s.spike}), {Push{s.history}, {}, {}}}, {}},
      {Stage::Kind::Observe, {}, {}}};
  for (const ObserverId observer : s.observers)
    schedule.stages.back().items.push_back({observer, {}, {}});
  schedule.ahead = 4;
  schedule.horizon = {horizon_kernel(s)};
  schedule.reciprocals = {reciprocal_kernel(s)};
  schedule.crossings = {crossing_kernel(s)};
  schedule.due = {due_kernel(s)};
  schedule.between = {between_kernel(s)};
  schedule.advance = Schedule::Advance::SkipToNextEvent;
  schedule.clock = Schedule::Clock::PerLane;
  const ScheduleId id = s.plan.schedules.add(schedule);
  s.phase = s.plan.phases.add({"", {{s.circuit, {{whole(0), id}}}}, {}, {s.hebb, s.sal}, {}, {}});
}

HostVariableId add_variable(Sampler& s, const char* name, HostKind kind, int rank) {
  return s.plan.variables.add({name, {kind, rank}, Sharing::PerLane, {}});
}

// column += rate * change
HostStmt grow(ColumnId column, HostExpr rate, HostExpr change) {
  HostExpr step = binary(HostBinaryOp::Multiply, std::move(rate), std::move(change));
  return {HostAssign{column, {}, binary(HostBinaryOp::Add, contents(column), std::move(step))}, {}};
}

HostBody training_round(Sampler& s, HostVariableId epoch, const std::vector<HostVariableId>& seen) {
  HostRun run{whole(1000 * kRefractorySteps), s.phase, {}};
  for (std::size_t i = 0; i < seen.size(); ++i) run.results.push_back({s.observers[i], seen[i]});
  const RecordTableId table = s.plan.record_tables.add(
      {{{"epoch", {HostKind::Integer, 0}, {}}, {"weights", {HostKind::Real, 2}, {}}}});
  const HostExpr scale = binary(HostBinaryOp::Divide, real(50), {ToReal{HostExpr{ElapsedSteps{}}}});
  HostReset reset{{s.last_spike, s.hazard, s.on, s.active, s.ready, s.timer_due[0], s.timer_due[1],
                   s.timer_due[2], s.ring, s.head, s.hebb_c, s.sal_c},
                  {s.draw_next}};
  HostBody body;
  body.push_back({reset, {}});
  body.push_back({run, {}});
  body.push_back(
      grow(s.weight, binary(HostBinaryOp::Multiply, real(-0.01), scale), contents(s.hebb_c)));
  body.push_back(
      grow(s.weight, binary(HostBinaryOp::Multiply, real(0.01), scale), contents(s.sal_c)));
  body.push_back({HostClip{{s.weight, s.bias}, real(-2), real(2)}, {}});
  body.push_back({HostEvery{whole(500),
                            variable(epoch),
                            {{HostRecord{table, {variable(epoch), contents(s.weight)}}, {}}}},
                  {}});
  return body;
}

HostExpr random_weights() {
  HostCall drawn{
      "normal", {real(0), real(0.2), {HostArray{{whole(kNeurons), whole(kNeurons)}}, {}}}, {}, {}};
  drawn.site = RandomSite{"Sampling/W.w", {}, 0, Box<HostExpr>(whole(9002))};
  return call("mirror", {{drawn, {}}});
}

void add_host(Sampler& s) {
  const HostVariableId epoch = add_variable(s, "epoch", HostKind::Integer, 0);
  const std::vector<HostVariableId> seen = {
      add_variable(s, "spikes", HostKind::Integer, 1), add_variable(s, "visits", HostKind::Real, 1),
      add_variable(s, "u", HostKind::Real, 2), add_variable(s, "train", HostKind::Spikes, 0)};
  HostBody& body = s.plan.host.body;
  body.push_back({HostAssign{s.weight, {}, random_weights()}, {}});
  const HostExpr epochs{HostRange{whole(0), whole(20000), {}}, {}};
  body.push_back({HostFor{{epoch}, epochs, training_round(s, epoch, seen)}, {}});
}

}  // namespace

Plan sampler_plan() {
  Sampler s;
  s.plan.name = "Sampling";
  s.plan.precision = Precision::Single;
  s.plan.timestep = 1;
  s.plan.seed = whole(0);
  add_network(s);
  add_neuron_columns(s);
  add_timers(s);
  s.hebb_c = rule_column(s, "hebb.c", s.hebb, Role::State, 0);
  s.hebb_amplitude = rule_column(s, "hebb.amplitude", s.hebb, Role::Parameter, 1);
  s.sal_c = rule_column(s, "sal.c", s.sal, Role::State, 0);
  s.sal_amplitude = rule_column(s, "sal.amplitude", s.sal, Role::Parameter, 1);
  add_events(s);
  add_draw_kernels(s);
  add_observers(s);
  add_schedule(s);
  add_host(s);
  complete_checkpoint(s.plan);
  return s.plan;
}

}  // namespace bouton::plan
