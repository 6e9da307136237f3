#include "compiler/lower/spike.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/base/check.h"
#include "compiler/elaborate/expr_walk.h"
#include "compiler/elaborate/parameter_values.h"
#include "compiler/elaborate/steps.h"
#include "compiler/lower/columns.h"
#include "compiler/lower/handler.h"
#include "compiler/lower/neuron.h"
#include "compiler/lower/replay.h"

namespace bouton::lower {

namespace {

using elaborate::PopulationId;
using model::BinaryOp;
using plan::OpCode;
using Form = model::SpikeTest::Form;

constexpr double kLeastGain = 0x1p-41;  // a positive gain at or below it rounds to nothing

plan::Event::Source source_of(Form form) {
  switch (form) {
    case Form::Probability:
      return plan::Event::Source::PerStepDraw;
    case Form::Rate:
      return plan::Event::Source::HazardCrossing;
    case Form::Condition:
      return plan::Event::Source::Condition;
  }
  BOUTON_UNREACHABLE("form of a spike test");
}

plan::ColumnId neuron_column(Lowering& lowering, PopulationId id, const char* name, plan::Type type,
                             plan::Role role, plan::Initial initial = {}) {
  const PopulationParts& parts = lowering.populations[id];
  return add_column(lowering, {lowering.network.populations[id].name + "." + name,
                               type,
                               {parts.axis},
                               role,
                               parts.population,
                               std::move(initial),
                               lowering.neuron_of(id).spike->span});
}

// From the random numbers of the program.
plan::ValueId drawn_uniform(const PopulationParts& parts, plan::ValueId counter, Emitter& emit) {
  plan::KernelBuilder& k = emit.kernel();
  return k.op(OpCode::UniformOfWord, k.word(parts.stream, k.index(parts.axis), counter));
}

bool is_replayed_late(PopulationId id, const Emitter& emit) {
  return emit.lowering().replays.at(id) == ReplayTime::Late;
}

// U of draw `ordinal`, from the tape where one is replayed.
plan::ValueId uniform_of_draw(PopulationId id, plan::ValueId ordinal, Emitter& emit) {
  const PopulationParts& parts = emit.lowering().populations[id];
  plan::KernelBuilder& k = emit.kernel();
  if (!parts.tape) return drawn_uniform(parts, ordinal, emit);
  const plan::ValueId count = k.load_at(*parts.tape->count, {});
  const plan::ValueId recorded = k.op(OpCode::LessInt, ordinal, count);
  const plan::ValueId blank = k.op(OpCode::LessInt, count, k.whole(0));
  const bool late = is_replayed_late(id, emit);
  emit.require(late ? k.op(OpCode::Or, recorded, blank) : recorded,
               {plan::Fault::Kind::Tape, emit.lowering().network.populations[id].name,
                k.op(OpCode::IntToReal, ordinal), parts.tape->rows},
               emit.lowering().neuron_of(id).spike->span);
  const plan::ValueId row = k.select(recorded, ordinal, k.whole(0));
  const plan::ValueId replayed = k.load_at(parts.tape->rows, {row, parts.axis});
  return late ? k.select(blank, drawn_uniform(parts, ordinal, emit), replayed) : replayed;
}

void store_threshold(PopulationId id, plan::ValueId ordinal, Emitter& emit) {
  plan::KernelBuilder& k = emit.kernel();
  const plan::ValueId uniform = uniform_of_draw(id, ordinal, emit);
  const PopulationParts& parts = emit.lowering().populations[id];
  k.store(parts.threshold, k.op_as(plan::kHazardFixed, OpCode::HazardThreshold, uniform));
}

void add_hazard_clock(Lowering& lowering, PopulationId id) {
  PopulationParts& parts = lowering.populations[id];
  parts.hazard = neuron_column(lowering, id, "hazard", plan::kHazardFixed, plan::Role::HazardClock);
  parts.threshold =
      neuron_column(lowering, id, "threshold", plan::kHazardFixed, plan::Role::Threshold);
  parts.ordinal = neuron_column(lowering, id, "ordinal", plan::kI64, plan::Role::DrawOrdinal);
  lowering.plan.streams[parts.stream].ordinal = parts.ordinal;
}

void add_first_threshold(Lowering& lowering, PopulationId id) {
  const PopulationParts& parts = lowering.populations[id];
  plan::KernelBuilder first(lowering.plan, "first threshold", parts.circuit, {parts.axis});
  Emitter emit(lowering, first);
  store_threshold(id, first.load(parts.ordinal), emit);
  lowering.plan.columns[parts.threshold].initial = plan::InitialKernel{first.finish()};
}

const char* method_of(Form form) {
  switch (form) {
    case Form::Probability:
      return "one random number per neuron and step";
    case Form::Rate:
      return "a hazard clock in fixed point, one random number per spike";
    case Form::Condition:
      return "tested in every step: in all steps in which it holds, not only the first";
  }
  BOUTON_UNREACHABLE("form of a spike test");
}

plan::Origin origin_of(const model::Refractory& refractory, const Value& steps) {
  const auto* known = constant_of<std::int64_t>(steps);
  return {"refractory", refractory.span,
          known == nullptr ? "in steps that follow from stored parameters"
                           : fmt::format("{} steps at least from spike to spike", *known)};
}

// k - k_last >= max(1, T/timestep); the first half holds always.
Value lower_eligible(PopulationId id, const Names& names, Emitter& emit) {
  const model::Neuron& neuron = emit.lowering().neuron_of(id);
  if (!neuron.refractory) return true;
  const Value steps = lower_duration(neuron.refractory->duration, names, emit);
  emit.kernel().origin(origin_of(*neuron.refractory, steps));
  if (const auto* known = constant_of<std::int64_t>(steps); known != nullptr && *known <= 1)
    return true;
  const PopulationParts& parts = emit.lowering().populations[id];
  plan::KernelBuilder& k = emit.kernel();
  const plan::ValueId elapsed = k.op(OpCode::SubtractInt, k.step(), k.load(parts.last_spike));
  return k.op(OpCode::LessEqualInt, emit.steps(steps), elapsed);
}

class SpikeTestLowerer {
 public:
  SpikeTestLowerer(PopulationId id, const Names& names, bool wants_probability, Emitter& emit)
      : id_(id),
        parts_(emit.lowering().populations[id]),
        test_(*emit.lowering().neuron_of(id).spike),
        names_(names),
        wants_probability_(wants_probability),
        emit_(emit),
        eligible_(lower_eligible(id, names, emit)) {}

  SpikeTestValues lower() {
    emit_.kernel().origin({"spike", test_.span, method_of(test_.form)});
    SpikeTestValues values = lower_form();
    emit_.kernel().store(parts_.spiked, emit_.truth(values.spiked));
    return values;
  }

 private:
  SpikeTestValues lower_form() {
    const Value value = lower_expression(test_.value, names_, emit_);
    switch (test_.form) {
      case Form::Probability:
        return lower_probability(value);
      case Form::Rate:
        return lower_rate(value);
      case Form::Condition:
        return {emit_.both(eligible_, value), emit_.number_of_truth(value)};
    }
    BOUTON_UNREACHABLE("form of a spike test");
  }

  SpikeTestValues lower_probability(const Value& probability) {
    const Value inside = emit_.both(emit_.compare(BinaryOp::LessEqual, 0.0, probability),
                                    emit_.compare(BinaryOp::LessEqual, probability, 1.0));
    emit_.require(inside, {plan::Fault::Kind::SpikeProbability, "", probability}, test_.value.span);
    plan::KernelBuilder& k = emit_.kernel();
    const plan::ValueId below =
        k.op(OpCode::UniformBelow, uniform_of_step(), emit_.real(probability));
    return {emit_.both(eligible_, below), probability};
  }

  plan::ValueId uniform_of_step() {
    plan::KernelBuilder& k = emit_.kernel();
    if (!parts_.tape) return drawn_uniform(parts_, k.step(), emit_);
    if (!is_replayed_late(id_, emit_)) return k.load_at(parts_.tape->rows, {k.step(), parts_.axis});
    // The run was refused if the tape is too short for it.
    const plan::ValueId blank =
        k.op(OpCode::LessInt, k.load_at(*parts_.tape->count, {}), k.whole(0));
    const plan::ValueId row = k.select(blank, k.whole(0), k.step());
    return k.select(blank, drawn_uniform(parts_, k.step(), emit_),
                    k.load_at(parts_.tape->rows, {row, parts_.axis}));
  }

  SpikeTestValues lower_rate(const Value& rate) {
    const Value per_step = emit_.calculate(BinaryOp::Multiply, rate, emit_.timestep());
    const Value usable = emit_.either(emit_.compare(BinaryOp::Equal, per_step, 0.0),
                                      emit_.compare(BinaryOp::Less, kLeastGain, per_step));
    emit_.require(usable, {plan::Fault::Kind::SpikeRate, "", per_step}, test_.value.span);
    plan::KernelBuilder& k = emit_.kernel();
    const plan::ValueId gain =
        k.op_as(plan::kHazardFixed, OpCode::RoundToFixed, emit_.real(per_step));
    const plan::ValueId gained = k.op(OpCode::AddFixed, k.load(parts_.hazard), gain);
    const plan::ValueId reached = k.op(OpCode::LessEqualFixed, k.load(parts_.threshold), gained);
    k.store_where(parts_.hazard, emit_.truth(eligible_), gained);
    return {emit_.both(eligible_, reached), probability_of(per_step)};
  }

  std::optional<Value> probability_of(const Value& per_step) {
    if (!wants_probability_) return std::nullopt;
    return emit_.negate(emit_.call("expm1", {emit_.negate(per_step)}));
  }

  PopulationId id_;
  const PopulationParts& parts_;
  const model::SpikeTest& test_;
  const Names& names_;
  bool wants_probability_;
  Emitter& emit_;
  Value eligible_;
};

plan::KernelId spike_kernel(Lowering& lowering, PopulationId id) {
  const PopulationParts& parts = lowering.populations[id];
  const model::SpikeTest& test = *lowering.neuron_of(id).spike;
  plan::KernelBuilder k(lowering.plan, "spike", parts.circuit, {parts.axis});
  Emitter emit(lowering, k);
  const Names names = neuron_names(id, emit);
  HandlerLowerer body(names, parts.columns, emit);
  body.lower(test.body);
  body.store();
  for (const model::HandlerStmt& stmt : test.body) k.origin({"at its spike", stmt.span});
  if (test.body.empty()) k.origin({"at its spike", test.span, "its step is noted"});
  k.store(parts.last_spike, k.step());
  if (test.form == Form::Rate) {
    const plan::ValueId next = k.op(OpCode::AddInt, k.load(parts.ordinal), k.whole(1));
    store_threshold(id, next, emit);
    k.store(parts.ordinal, next);
    k.store(parts.hazard, k.fixed(0, plan::kHazardFixed));
  }
  return k.finish();
}

plan::KernelId step_kernel(Lowering& lowering, PopulationId id, const model::HandlerBody& body) {
  const PopulationParts& parts = lowering.populations[id];
  plan::KernelBuilder k(lowering.plan, "on step", parts.circuit, {parts.axis});
  Emitter emit(lowering, k);
  const Names names = neuron_names(id, emit);
  HandlerLowerer handler(names, parts.columns, emit);
  handler.lower(body);
  handler.store();
  for (const model::HandlerStmt& stmt : body) k.origin({"on step", stmt.span});
  return k.finish();
}

}  // namespace

void add_spiking(Lowering& lowering, PopulationId id, bool with_previous) {
  PopulationParts& parts = lowering.populations[id];
  const std::string name = lowering.network.populations[id].name + ".spike";
  const model::SpikeTest& test = *lowering.neuron_of(id).spike;
  parts.spiked = neuron_column(lowering, id, "spiked", plan::kBool,
                               with_previous ? plan::Role::Flag : plan::Role::Scratch);
  lowering.plan.columns[parts.spiked].buffers.previous = with_previous;
  parts.last_spike = neuron_column(lowering, id, "last_spike", plan::kI64, plan::Role::State,
                                   plan::whole(plan::kLongAgo));
  plan::Event event;
  event.name = name;
  event.circuit = parts.circuit;
  event.source = source_of(test.form);
  event.axis = parts.axis;
  event.fired = parts.spiked;
  event.span = test.span;
  parts.spike = lowering.plan.events.add(event);
  parts.arrivals[0] = {*parts.spike, parts.spiked, parts.last_spike, {}, {}, {}, test.span};
  if (test.form == Form::Condition) return;
  const bool by_step = test.form == Form::Probability;
  parts.stream = lowering.plan.streams.add(
      {name, by_step ? plan::Stream::Key::Step : plan::Stream::Key::Ordinal, std::nullopt});
  if (lowering.replays.contains(id)) add_tape(lowering, id);
  if (by_step) return;
  add_hazard_clock(lowering, id);
  add_first_threshold(lowering, id);
}

SpikeTestValues lower_spike_test(PopulationId population, const Names& names,
                                 bool wants_probability, Emitter& emit) {
  return SpikeTestLowerer(population, names, wants_probability, emit).lower();
}

std::vector<plan::Item> lower_spike_jumps(Lowering& lowering) {
  std::vector<plan::Item> items;
  for (const PopulationId id : lowering.populations.ids()) {
    if (const auto& spike = lowering.populations[id].spike)
      items.push_back(plan::item_when(spike_kernel(lowering, id), {*spike}));
    for (const model::HandlerBody& body : lowering.neuron_of(id).on_step)
      items.push_back(plan::item(step_kernel(lowering, id, body)));
  }
  return items;
}

std::vector<plan::KernelId> lower_new_draws(Lowering& lowering,
                                            const std::set<PopulationId>& populations) {
  std::vector<plan::KernelId> kernels;
  for (const PopulationId id : populations) {
    PopulationParts& parts = lowering.populations[id];
    const auto& test = lowering.neuron_of(id).spike;
    if (!test || test->form != Form::Rate) continue;
    if (parts.next_draw) {
      kernels.push_back(*parts.next_draw);
      continue;
    }
    plan::KernelBuilder k(lowering.plan, "next draw", parts.circuit, {parts.axis});
    const plan::ColumnId clock = lowering.plan.circuits[parts.circuit].clock;
    const plan::ValueId began = k.op(OpCode::LessInt, k.whole(0), k.load_at(clock, {}));
    const plan::ValueId used = k.op_as(plan::kI64, OpCode::BoolToInt, began);
    k.store(parts.ordinal, k.op(OpCode::AddInt, k.load(parts.ordinal), used));
    parts.next_draw = k.finish();
    kernels.push_back(*parts.next_draw);
  }
  return kernels;
}

// 1 where the period can differ between neurons or be assigned.
std::int64_t least_interval(const Lowering& lowering, PopulationId id) {
  const model::Neuron& neuron = lowering.neuron_of(id);
  const elaborate::Population& population = lowering.network.populations[id];
  if (!neuron.refractory) return 1;
  bool constant = true;
  elaborate::walk(neuron.refractory->duration, [&](const model::Expr& part) {
    const auto* ref = std::get_if<model::Ref>(&part.node);
    if (ref != nullptr && neuron.scope[ref->symbol].kind != model::SymbolKind::Timestep)
      constant = constant && lowering.populations[id].constants.contains(ref->symbol);
  });
  if (!constant) return 1;
  std::vector<elaborate::Slot> slots(neuron.scope.all().size());
  elaborate::fill_parameter_slots(population.parameters, 0, slots);
  std::optional<elaborate::Problem> problem;
  elaborate::Frame frame = elaborate::frame_of(lowering.network, problem);
  if (neuron.timestep.valid()) slots[neuron.timestep.value].real = frame.timestep;
  frame.now = slots.data();
  frame.functions = lowering.populations[id].functions;
  const model::Expr& period = neuron.refractory->duration;
  if (period.type.kind == model::Kind::Steps)
    return std::max<std::int64_t>(elaborate::evaluate_steps(period, frame), 1);
  const auto steps = elaborate::to_steps(elaborate::evaluate_real(period, frame), frame.timestep,
                                         neuron.refractory->span, frame.arithmetic);
  return steps ? std::max<std::int64_t>(*steps, 1) : 1;
}

}  // namespace bouton::lower
