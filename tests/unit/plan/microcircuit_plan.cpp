#include "tests/unit/plan/plans.h"

namespace bouton::plan {
namespace {

constexpr std::int64_t kSteps = 10;      // t_ref/timestep
constexpr std::int64_t kAverage = 2000;  // T_average/timestep
constexpr double kLogSteps = 2.302585092994046;

// One population: potential, spikes one step behind it, postsynaptic potential on for kSteps.
struct Layer {
  PopulationId population;
  AxisId neuron;
  ColumnId potential, last_spike, spiked, on;
  StreamId stream;
};

struct Projection {
  LinkId link;
  AxisId post, pre;
  Operand weight;
  ColumnId input;  // sum at the post neurons
};

struct Microcircuit {
  Plan plan;
  CircuitId circuit;
  Layer source, pyramidal, interneuron, output;
  Projection up1, up2, down, to_pyramidal, to_interneuron;
  ColumnId pattern, bias, lambda, target, nudge;
  ColumnId u_average, basal_average;
  RuleId rule;
};

Layer add_layer(Microcircuit& m, const std::string& name) {
  Layer layer;
  layer.neuron = add_neuron_axis(m.plan, name, 1);
  layer.population = m.plan.populations.add({name, layer.neuron, m.circuit});
  const auto add = [&](const char* part, Type type, Role role, Initial initial = {}) {
    const ColumnId id =
        add_column(m.plan, name + part, type, {layer.neuron}, role, std::move(initial));
    m.plan.columns[id].owner = layer.population;
    return id;
  };
  layer.potential = add(".u", kReal, Role::State);
  layer.last_spike = add(".last_spike", kI64, Role::State, whole(kLongAgo));
  layer.spiked = add(".spiked", kBool, Role::Flag);
  layer.on = add(".psp_on", kBool, Role::Scratch);
  m.plan.columns[layer.potential].buffers.previous = true;
  m.plan.columns[layer.spiked].buffers.previous = true;
  layer.stream = m.plan.streams.add({"student/" + name + ".spike", Stream::Key::Step, {}});
  return layer;
}

Projection add_axes(Microcircuit& m, const std::string& name, const Layer& pre, const Layer& post) {
  Projection projection;
  const DenseStorage storage = add_dense_axes(m.plan, name, post.neuron, pre.neuron);
  projection.post = storage.post;
  projection.pre = storage.pre;
  Link link;
  link.name = name;
  link.pre = pre.population;
  link.post = post.population;
  link.storage = storage;
  projection.link = m.plan.links.add(link);
  projection.input = add_column(m.plan, name + ".input", kInputFixed, {post.neuron}, Role::Scratch);
  return projection;
}

void set_weight(Microcircuit& m, Projection& projection, Operand weight) {
  projection.weight = weight;
  m.plan.links[projection.link].weight = weight;
}

Projection add_plastic(Microcircuit& m, const std::string& name, const Layer& pre,
                       const Layer& post) {
  Projection projection = add_axes(m, name, pre, post);
  set_weight(
      m, projection,
      add_column(m.plan, name + ".w", kReal, {projection.post, projection.pre}, Role::Weight));
  return projection;
}

Projection add_tied(Microcircuit& m, const std::string& name, const Layer& pre, const Layer& post,
                    Operand of, double scale) {
  Projection projection = add_axes(m, name, pre, post);
  const View view{name + ".w", of, false, {projection.post, projection.pre}, scale, {}};
  set_weight(m, projection, m.plan.views.add(view));
  return projection;
}

void add_network(Microcircuit& m) {
  m.circuit = add_circuit(m.plan, "student");
  m.source = add_layer(m, "pyr0");
  m.pyramidal = add_layer(m, "pyr1");
  m.interneuron = add_layer(m, "inn1");
  m.output = add_layer(m, "pyr2");
  m.up1 = add_plastic(m, "up1", m.source, m.pyramidal);
  m.up2 = add_plastic(m, "up2", m.pyramidal, m.output);
  m.down = add_plastic(m, "down1", m.output, m.pyramidal);
  m.to_pyramidal = add_tied(m, "pi1", m.interneuron, m.pyramidal, m.down.weight, -1);
  m.to_interneuron = add_tied(m, "ip1", m.pyramidal, m.interneuron, m.up2.weight, 1);
  m.rule = m.plan.rules.add({"ErrorTimesPre", m.up2.link, {}});
  const auto parameter = [&](const char* name, std::vector<AxisId> axes, double value) {
    return add_column(m.plan, name, kReal, std::move(axes), Role::Parameter, real(value));
  };
  m.pattern = parameter("pattern", {m.source.neuron}, 0);
  m.bias = parameter("bias", {}, -1);
  m.lambda = parameter("lambda_api", {m.pyramidal.neuron}, 0.02);
  m.target = parameter("u_target", {m.output.neuron}, 0);
  m.nudge = parameter("nudge", {m.output.neuron}, 0);
}

// U(k) < logistic(prev(u) - ln(t_ref/timestep)), and the interval is at least t_ref.
KernelId spike_kernel(Microcircuit& m, const Layer& layer) {
  KernelBuilder k(m.plan, "spike", m.circuit, {layer.neuron});
  const ValueId u = k.load(layer.potential, Version::PreviousStep);
  const ValueId p = k.math("logistic", k.op(OpCode::SubtractReal, u, k.real(kLogSteps)));
  const ValueId word = k.word(layer.stream, k.index(layer.neuron), k.step());
  const ValueId drawn = k.op(OpCode::UniformBelow, k.op(OpCode::UniformOfWord, word), p);
  const ValueId since = k.op(OpCode::SubtractInt, k.step(), k.load(layer.last_spike));
  const ValueId rested = k.op(OpCode::LessEqualInt, k.whole(kSteps), since);
  const ValueId spiked = k.op(OpCode::And, drawn, rested);
  k.store(layer.spiked, spiked);
  k.store(layer.on, k.op(OpCode::Or, spiked, k.op(OpCode::LessInt, since, k.whole(kSteps))));
  k.store_where(layer.last_spike, spiked, k.step());
  return k.finish();
}

KernelId input_kernel(Microcircuit& m, const Projection& projection, const Layer& pre) {
  KernelBuilder k(m.plan, "input", m.circuit, projection.link);
  const ValueId weight = k.op_as(kInputFixed, OpCode::RoundToFixed, k.load(projection.weight));
  k.reduce_where(projection.input, k.load(pre.on), weight, {projection.pre}, Order::Exact);
  return k.finish();
}

ValueId load_input(KernelBuilder& k, const Projection& projection) {
  return k.op(OpCode::FixedToReal, k.load(projection.input));
}

KernelId pyramidal_kernel(Microcircuit& m) {
  KernelBuilder k(m.plan, "u", m.circuit, {m.pyramidal.neuron});
  const ValueId apical =
      k.op(OpCode::AddReal, load_input(k, m.down), load_input(k, m.to_pyramidal));
  const ValueId basal = k.op(OpCode::AddReal, k.load(m.bias), load_input(k, m.up1));
  const ValueId weak = k.op(OpCode::MultiplyReal, k.load(m.lambda), apical);
  k.store(m.pyramidal.potential, k.op(OpCode::AddReal, basal, weak));
  return k.finish();
}

KernelId plain_kernel(Microcircuit& m) {
  KernelBuilder k(m.plan, "u", m.circuit, {m.interneuron.neuron});
  k.store(m.interneuron.potential,
          k.op(OpCode::AddReal, k.load(m.bias), load_input(k, m.to_interneuron)));
  return k.finish();
}

KernelId source_kernel(Microcircuit& m) {
  KernelBuilder k(m.plan, "u", m.circuit, {m.source.neuron});
  k.store(m.source.potential, k.load(m.pattern));
  return k.finish();
}

KernelId output_kernel(Microcircuit& m, ColumnId basal) {
  KernelBuilder k(m.plan, "u", m.circuit, {m.output.neuron});
  const ValueId input = load_input(k, m.up2);
  const ValueId free = k.op(OpCode::AddReal, k.load(m.bias), input);
  const ValueId expected =
      k.op(OpCode::AddReal, k.load(m.basal_average, Version::PreviousStep), k.load(m.bias));
  const ValueId error = k.op(OpCode::SubtractReal, k.load(m.target), expected);
  const ValueId nudge = k.op(OpCode::MultiplyReal, k.load(m.nudge), error);
  k.store(basal, input);
  k.store(m.output.potential, k.op(OpCode::AddReal, free, nudge));
  return k.finish();
}

Item add_average(Microcircuit& m, const std::string& name, ColumnId what, ColumnId mean) {
  const AxisId neuron = m.output.neuron;
  const AxisId ring = add_ring_axis(m.plan, name, kAverage);
  MovingAverage average;
  average.name = name;
  average.circuit = m.circuit;
  average.what = what;
  average.mean = mean;
  average.length = m.plan.axes[ring].extent;
  average.samples = add_column(m.plan, name + ".samples", kReal, {ring, neuron}, Role::History);
  average.prefix = add_column(m.plan, name + ".prefix", kReal, {neuron}, Role::State);
  average.count = add_column(m.plan, name + ".count", kI64, {}, Role::State);
  average.first = add_column(m.plan, name + ".first", kReal, {neuron}, Role::Parameter);
  return {m.plan.moving_averages.add(average), {}, {}};
}

ValueId rate(KernelBuilder& k, ValueId u) {
  return k.math("logistic", k.op(OpCode::SubtractReal, u, k.real(kLogSteps)));
}

// if prev(pre.spiked) { w += eta * (rate(u_average) - rate(basal_average + bias)) }
KernelId learning_kernel(Microcircuit& m) {
  KernelBuilder k(m.plan, "ErrorTimesPre", m.circuit, m.up2.link);
  const ValueId acts = k.load(m.pyramidal.spiked, Version::PreviousStep);
  const ValueId basal = k.op(OpCode::AddReal, k.load(m.basal_average), k.load(m.bias));
  const ValueId error = k.op(OpCode::SubtractReal, rate(k, k.load(m.u_average)), rate(k, basal));
  const ValueId step = k.op(OpCode::MultiplyReal, k.real(0.003), error);
  const auto weight = std::get<ColumnId>(m.up2.weight);
  k.store_where(weight, acts, k.op(OpCode::AddReal, k.load(weight), step));
  return k.finish();
}

Stage evaluate_stage(Microcircuit& m) {
  const ColumnId basal = add_column(m.plan, "pyr2.basal", kReal, {m.output.neuron}, Role::Scratch);
  m.u_average = add_column(m.plan, "u_average", kReal, {m.output.neuron}, Role::State);
  m.basal_average = add_column(m.plan, "basal_average", kReal, {m.output.neuron}, Role::State);
  m.plan.columns[m.basal_average].buffers.previous = true;
  Stage stage{Stage::Kind::Evaluate, {}, {}};
  for (const Layer* layer : {&m.source, &m.pyramidal, &m.interneuron, &m.output})
    stage.items.push_back(item(spike_kernel(m, *layer)));
  stage.items.push_back(item(input_kernel(m, m.up1, m.source)));
  stage.items.push_back(item(input_kernel(m, m.up2, m.pyramidal)));
  stage.items.push_back(item(input_kernel(m, m.down, m.output)));
  stage.items.push_back(item(input_kernel(m, m.to_pyramidal, m.interneuron)));
  stage.items.push_back(item(input_kernel(m, m.to_interneuron, m.pyramidal)));
  stage.items.push_back(item(source_kernel(m)));
  stage.items.push_back(item(pyramidal_kernel(m)));
  stage.items.push_back(item(plain_kernel(m)));
  stage.items.push_back(item(output_kernel(m, basal)));
  stage.items.push_back(add_average(m, "u_average", m.output.potential, m.u_average));
  stage.items.push_back(add_average(m, "basal_average", basal, m.basal_average));
  return stage;
}

void add_schedules(Microcircuit& m) {
  Schedule waits;
  waits.name = "train, before the lag";
  waits.circuit = m.circuit;
  Stage commit{Stage::Kind::Commit, {}, {m.basal_average}};
  waits.stages = {evaluate_stage(m)};
  commit.commits = {m.basal_average};
  for (const Layer* layer : {&m.source, &m.pyramidal, &m.interneuron, &m.output})
    commit.commits.insert(commit.commits.end(), {layer->potential, layer->spiked});
  Schedule learns = waits;
  learns.name = "train";
  learns.stages.push_back({Stage::Kind::Learn, {{learning_kernel(m), {}, m.rule}}, {}});
  waits.stages.push_back(commit);
  learns.stages.push_back(commit);
  const ScheduleId before = m.plan.schedules.add(waits);
  const ScheduleId after = m.plan.schedules.add(learns);
  m.plan.phases.add({"train",
                     {{m.circuit, {{whole(0), before}, {whole(200 * kSteps), after}}}},
                     {{m.nudge, real(0.6)}},
                     {m.rule},
                     {},
                     {}});
}

}  // namespace

Plan microcircuit_plan() {
  Microcircuit m;
  m.plan.name = "Figure6";
  m.plan.timestep = 1;
  m.plan.seed = whole(0);
  add_network(m);
  add_schedules(m);
  m.plan.host.body = {{HostAssign{m.pattern, {}, real(0.8)}, {}},
                      {HostAssign{m.target, {}, real(1.5)}, {}},
                      {HostRun{whole(2000 * kSteps), PhaseId{0}, {}}, {}}};
  complete_checkpoint(m.plan);
  return m.plan;
}

}  // namespace bouton::plan
