#include "tests/unit/plan/plans.h"

namespace bouton::plan {
namespace {

constexpr double kTimestep = 0.01;
constexpr double kBasal = 0.1, kApical = 0.06, kConductance = 0.19;  // 1/ms
constexpr double kTauHighpass = 0.1, kTauNoise = 0.1, kSigma = 0.05;
constexpr double kEta = 50, kAlpha = 1e-5;

// Two layers: rates below, pyramidal neurons above that learn their feedback from a third.
struct Pal {
  Plan plan;
  CircuitId circuit;
  PopulationId below, middle, above;
  AxisId below_axis, middle_axis, above_axis;
  ColumnId rate_below, rate_above;
  ColumnId u, h, r, xi, basal, apical, noise;
  ColumnId forward, backward;
  LinkId up, down;
  StreamId stream;
  RuleId rule;
};

void keep_previous(Pal& p, ColumnId column) { p.plan.columns[column].buffers.previous = true; }

void add_populations(Pal& p) {
  p.circuit = add_circuit(p.plan, "net");
  p.below_axis = add_neuron_axis(p.plan, "pyr0", 5);
  p.middle_axis = add_neuron_axis(p.plan, "pyr1", 20);
  p.above_axis = add_neuron_axis(p.plan, "pyr2", 10);
  p.below = p.plan.populations.add({"pyr0", p.below_axis, p.circuit});
  p.middle = p.plan.populations.add({"pyr1", p.middle_axis, p.circuit});
  p.above = p.plan.populations.add({"pyr2", p.above_axis, p.circuit});
  p.rate_below = add_column(p.plan, "pyr0.x", kReal, {p.below_axis}, Role::Parameter);
  p.rate_above = add_column(p.plan, "pyr2.r", kReal, {p.above_axis}, Role::Parameter);
  const auto add = [&](const char* name, Role role) {
    return add_column(p.plan, name, kReal, {p.middle_axis}, role);
  };
  p.u = add("u", Role::State);
  p.h = add("h", Role::State);
  p.r = add("r", Role::State);
  p.xi = add("xi", Role::State);
  p.basal = add("basal", Role::Scratch);
  p.apical = add("apical", Role::Scratch);
  p.noise = add("n", Role::Scratch);
  for (const ColumnId column : {p.u, p.r, p.xi}) keep_previous(p, column);
  p.stream = p.plan.streams.add({"net/pyr[1].n", Stream::Key::Step, {}});
}

LinkId add_link(Pal& p, const std::string& name, PopulationId pre, PopulationId post,
                ColumnId& weight) {
  Link link;
  link.name = name;
  link.pre = pre;
  link.post = post;
  const DenseStorage storage =
      add_dense_axes(p.plan, name, p.plan.populations[post].axis, p.plan.populations[pre].axis);
  link.storage = storage;
  weight = add_column(p.plan, name + ".w", kReal, {storage.post, storage.pre}, Role::Weight);
  link.weight = weight;
  return p.plan.links.add(link);
}

DenseId add_product(Pal& p, ColumnId matrix, ColumnId x, ColumnId y) {
  Dense dense;
  dense.circuit = p.circuit;
  dense.matrix.what = matrix;
  dense.x.what = x;
  dense.y = y;
  return p.plan.denses.add(dense);
}

KernelId noise_kernel(Pal& p) {
  KernelBuilder k(p.plan, "n", p.circuit, {p.middle_axis});
  const ValueId words = k.words(p.stream, k.index(p.middle_axis), k.step());
  k.store(p.noise, k.op(OpCode::NormalReal, words));
  return k.finish();
}

// prev(u) + (u - prev(u))/(g * timestep)
ValueId look_ahead(KernelBuilder& k, const Pal& p) {
  const ValueId before = k.load(p.u, Version::PreviousStep);
  const ValueId change = k.op(OpCode::SubtractReal, k.load(p.u), before);
  const ValueId slope = k.op(OpCode::DivideReal, change, k.real(kConductance * kTimestep));
  return k.op(OpCode::AddReal, before, slope);
}

KernelId rate_kernel(Pal& p) {
  KernelBuilder k(p.plan, "r", p.circuit, {p.middle_axis});
  k.store(p.r, k.math("logistic", look_ahead(k, p)));
  const ValueId before = k.load(p.xi, Version::PreviousStep);
  const ValueId kick =
      k.op(OpCode::MultiplyReal, k.real(0.0316227766016838 * kSigma), k.load(p.noise));
  const ValueId decay = k.op(OpCode::MultiplyReal, k.real(kTimestep), before);
  const ValueId change = k.op(OpCode::SubtractReal, kick, decay);
  const ValueId step = k.op(OpCode::DivideReal, change, k.real(kTauNoise));
  k.store(p.xi, k.op(OpCode::AddReal, before, step));
  return k.finish();
}

// w' = eta * (post.xi * pre.h - alpha * w), with the layer above giving its rate for h
KernelId learning_kernel(Pal& p) {
  KernelBuilder k(p.plan, "PalBackward", p.circuit, p.down);
  const ValueId w = k.load(p.backward);
  const ValueId hebbian = k.op(OpCode::MultiplyReal, k.load(p.xi), k.load(p.rate_above));
  const ValueId decay = k.op(OpCode::MultiplyReal, k.real(kAlpha), w);
  const ValueId drift = k.op(OpCode::SubtractReal, hebbian, decay);
  const ValueId step = k.op(OpCode::MultiplyReal, k.real(kEta), drift);
  const ValueId scaled = k.op(OpCode::MultiplyReal, k.real(kTimestep), step);
  k.store(p.backward, k.op(OpCode::AddReal, w, scaled));
  return k.finish();
}

// x(k) + timestep * slope
ValueId euler(KernelBuilder& k, ValueId x, ValueId slope) {
  return k.op(OpCode::AddReal, x, k.op(OpCode::MultiplyReal, k.real(kTimestep), slope));
}

KernelId integrate_kernel(Pal& p) {
  KernelBuilder k(p.plan, "integrate", p.circuit, {p.middle_axis});
  const auto times = [&](double factor, ValueId x) {
    return k.op(OpCode::MultiplyReal, k.real(factor), x);
  };
  const ValueId u = k.load(p.u, Version::Before);
  const ValueId h = k.load(p.h, Version::Before);
  const ValueId top = k.op(OpCode::AddReal, k.load(p.apical), k.load(p.xi, Version::PreviousStep));
  const ValueId inputs = k.op(OpCode::AddReal, times(kBasal, k.load(p.basal)), times(kApical, top));
  k.store(p.u, euler(k, u, k.op(OpCode::SubtractReal, inputs, times(kConductance, u))));
  const ValueId change =
      k.op(OpCode::SubtractReal, k.load(p.r), k.load(p.r, Version::PreviousStep));
  const ValueId rising = k.op(OpCode::DivideReal, change, k.real(kTimestep));
  const ValueId leaving = k.op(OpCode::DivideReal, h, k.real(kTauHighpass));
  k.store(p.h, euler(k, h, k.op(OpCode::SubtractReal, rising, leaving)));
  return k.finish();
}

// state h = phi(u), r initially phi(u)
KernelId initial_kernel(Pal& p, const char* name, ColumnId column) {
  KernelBuilder k(p.plan, name, p.circuit, {p.middle_axis});
  k.store(column, k.math("logistic", k.load(p.u)));
  k.cold();
  return k.finish();
}

void add_schedule(Pal& p) {
  p.plan.columns[p.h].initial = InitialKernel{initial_kernel(p, "first h", p.h)};
  p.plan.columns[p.r].initial = InitialKernel{initial_kernel(p, "first r", p.r)};
  Schedule schedule;
  schedule.name = "bw";
  schedule.circuit = p.circuit;
  const KernelId noise = noise_kernel(p);
  const KernelId rates = rate_kernel(p);
  const DenseId bottom_up = add_product(p, p.forward, p.rate_below, p.basal);
  const DenseId top_down = add_product(p, p.backward, p.rate_above, p.apical);
  schedule.stages = {
      {Stage::Kind::Draw, {item(noise)}, {}},
      {Stage::Kind::Evaluate, {item(rates), {bottom_up, {}, {}}, {top_down, {}, {}}}, {}},
      {Stage::Kind::Learn, {{learning_kernel(p), {}, p.rule}}, {}},
      {Stage::Kind::Integrate, {item(integrate_kernel(p))}, {}},
      {Stage::Kind::Commit, {}, {p.u, p.r, p.xi}}};
  const ScheduleId id = p.plan.schedules.add(schedule);
  p.plan.phases.add({"bw", {{p.circuit, {{whole(0), id}}}}, {}, {p.rule}, {}, {}});
}

}  // namespace

Plan pal_plan() {
  Pal p;
  p.plan.name = "PalAlignment";
  p.plan.timestep = kTimestep;
  p.plan.seed = whole(0);
  add_populations(p);
  p.up = add_link(p, "W1", p.below, p.middle, p.forward);
  p.down = add_link(p, "B1", p.above, p.middle, p.backward);
  p.rule = p.plan.rules.add({"PalBackward", p.down, {}});
  add_schedule(p);
  p.plan.host.body = {{HostAssign{p.rate_below, {}, real(0.5)}, {}},
                      {HostRun{whole(100), PhaseId{0}, {}}, {}}};
  complete_checkpoint(p.plan);
  return p.plan;
}

}  // namespace bouton::plan
