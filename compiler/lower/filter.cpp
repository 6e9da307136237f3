#include "compiler/lower/filter.h"

#include <algorithm>

#include "compiler/base/check.h"
#include "compiler/lower/columns.h"
#include "compiler/lower/neuron.h"
#include "compiler/model/builtins.h"
#include "compiler/plan/builder.h"

namespace bouton::lower {

namespace {

using elaborate::PopulationId;
using model::BinaryOp;
using Form = FilterCall::Form;

const model::Expr* first_of(const model::Call& call) {
  for (const model::NamedArgument& argument : call.named)
    if (argument.name == "first") return &*argument.value;
  return nullptr;
}

class FilterAdder {
 public:
  FilterAdder(Lowering& lowering, PopulationId id, const model::Algebraic& variable)
      : lowering_(lowering),
        id_(id),
        source_(lowering.network.populations[id]),
        parts_(lowering.populations[id]),
        variable_(variable),
        filter_(*filter_of(variable)),
        declared_(lowering.neuron_of(id).scope[variable.symbol]) {}

  void add() {
    FilterParts parts;
    parts.input = column(" of", plan::kReal, plan::Role::Scratch, {parts_.axis});
    if (filter_.form == Form::MovingAverage)
      add_average(parts);
    else
      add_state(parts);
    parts_.filters[variable_.symbol] = parts;
  }

 private:
  void add_average(FilterParts& parts) {
    const auto window =
        std::ranges::find(source_.averages, variable_.symbol, &elaborate::AverageWindow::variable);
    BOUTON_CHECK(window != source_.averages.end(), "elaboration has measured the window");
    const plan::AxisId ring = plan::add_ring_axis(
        lowering_.plan, source_.name + "." + declared_.name + " samples", window->samples);
    plan::MovingAverage average;
    average.name = declared_.name;
    average.circuit = parts_.circuit;
    average.what = parts.input;
    average.mean = parts_.columns.at(variable_.symbol);
    average.length = lowering_.plan.axes[ring].extent;
    average.samples = column(" samples", plan::kReal, plan::Role::History, {ring, parts_.axis});
    average.prefix = column(" sum", plan::kReal, plan::Role::State, {parts_.axis});
    average.count = column(" count", plan::kI64, plan::Role::State, {});
    if (const model::Expr* first = first_of(*filter_.call)) {
      average.first = column(" first", plan::kReal, plan::Role::State, {parts_.axis});
      set_initial(lowering_, *average.first, *first, {},
                  [&](Emitter& emit) { return neuron_names(id_, emit); });
    }
    average.span = variable_.value.span;
    parts.average = lowering_.plan.moving_averages.add(average);
  }

  void add_state(FilterParts& parts) {
    parts.state = column(" now", plan::kReal, plan::Role::State, {parts_.axis});
    if (filter_.form == Form::Lowpass) return;
    parts.before = column(" of before", plan::kReal, plan::Role::State, {parts_.axis});
    parts.has_before = column(" began", plan::kBool, plan::Role::Flag, {parts_.axis});
  }

  plan::ColumnId column(const char* suffix, plan::Type type, plan::Role role,
                        std::vector<plan::AxisId> axes) {
    const plan::ColumnId id = add_column(lowering_, {source_.name + "." + declared_.name + suffix,
                                                     type,
                                                     std::move(axes),
                                                     role,
                                                     parts_.population,
                                                     {},
                                                     variable_.value.span,
                                                     "of a filter"});
    lowering_.plan.columns[id].dimension = declared_.type.dimension;
    return id;
  }

  Lowering& lowering_;
  PopulationId id_;
  const elaborate::Population& source_;
  PopulationParts& parts_;
  const model::Algebraic& variable_;
  FilterCall filter_;
  const model::Symbol& declared_;
};

class FilterStep {
 public:
  FilterStep(const FilterCall& filter, const FilterParts& parts, bool by_euler, const Names& names,
             Emitter& emit)
      : filter_(filter), parts_(parts), by_euler_(by_euler), names_(names), emit_(emit) {}

  // Its stores are for the caller to make when everything is read.
  [[nodiscard]] Value next() {
    const Value tau = lower_number(filter_.call->arguments[1], names_, emit_);
    const Value input = emit_.kernel().load(parts_.input);
    const Value now = emit_.kernel().load(*parts_.state);
    const bool low = filter_.form == Form::Lowpass;
    if (by_euler_) {
      const Value change =
          low ? calculate(BinaryOp::Divide, calculate(BinaryOp::Subtract, input, now), tau)
              : calculate(BinaryOp::Subtract, slope(input), calculate(BinaryOp::Divide, now, tau));
      return calculate(BinaryOp::Add, now, calculate(BinaryOp::Multiply, emit_.timestep(), change));
    }
    // Towards the value at which nothing changes.
    const Value rest = low ? input : calculate(BinaryOp::Multiply, slope(input), tau);
    const Value rate = calculate(BinaryOp::Divide, emit_.negate(emit_.timestep()), tau);
    const Value distance = calculate(BinaryOp::Subtract, now, rest);
    return calculate(BinaryOp::Add, rest,
                     calculate(BinaryOp::Multiply, distance, emit_.call("exp", {rate})));
  }

 private:
  Value calculate(BinaryOp op, const Value& left, const Value& right) {
    return emit_.calculate(op, left, right);
  }
  // Nothing has changed in the first step.
  Value slope(const Value& input) {
    plan::KernelBuilder& k = emit_.kernel();
    const Value change = calculate(BinaryOp::Subtract, input, k.load(*parts_.before));
    const Value slope = calculate(BinaryOp::Divide, change, emit_.timestep());
    return k.select(k.load(*parts_.has_before), emit_.real(slope), k.real(0.0));
  }

  const FilterCall& filter_;
  const FilterParts& parts_;
  bool by_euler_;
  const Names& names_;
  Emitter& emit_;
};

}  // namespace

std::optional<FilterCall> filter_of(const model::Algebraic& variable) {
  const auto* call = std::get_if<model::Call>(&variable.value.node);
  const auto* id = call == nullptr ? nullptr : std::get_if<model::BuiltinId>(&call->callee);
  if (id == nullptr) return std::nullopt;
  const std::string_view name = model::builtin(*id).name;
  if (name == "moving_average") return FilterCall{Form::MovingAverage, call};
  if (name == "lowpass") return FilterCall{Form::Lowpass, call};
  if (name == "highpass") return FilterCall{Form::Highpass, call};
  return std::nullopt;
}

bool is_moving_average(const model::Algebraic& variable) {
  const auto filter = filter_of(variable);
  return filter && filter->form == Form::MovingAverage;
}

void add_filters(Lowering& lowering, PopulationId id) {
  for (const model::Algebraic& variable : lowering.neuron_of(id).algebraics)
    if (filter_of(variable)) FilterAdder(lowering, id, variable).add();
}

void lower_filter_input(PopulationId id, const model::Algebraic& variable, const Names& names,
                        Emitter& emit) {
  const FilterParts& parts = emit.lowering().populations[id].filters.at(variable.symbol);
  const Value input = lower_number(filter_of(variable)->call->arguments[0], names, emit);
  emit.kernel().store(parts.input, emit.real(input));
}

Value filter_value(PopulationId id, const model::Algebraic& variable, Emitter& emit) {
  return emit.kernel().load(*emit.lowering().populations[id].filters.at(variable.symbol).state);
}

plan::Item average_item(const Lowering& lowering, PopulationId id,
                        const model::Algebraic& variable) {
  return {lowering.populations[id].filters.at(variable.symbol).average, {}, {}};
}

void integrate_filters(PopulationId id, const Names& names, Emitter& emit) {
  const model::Neuron& neuron = emit.lowering().neuron_of(id);
  plan::KernelBuilder& k = emit.kernel();
  for (const model::Algebraic& variable : neuron.algebraics) {
    const auto filter = filter_of(variable);
    if (!filter || filter->form == Form::MovingAverage) continue;
    const FilterParts& parts = emit.lowering().populations[id].filters.at(variable.symbol);
    k.origin({neuron.scope[variable.symbol].name + "'", variable.value.span,
              "a state: what it takes in now is seen in the next step"});
    const bool by_euler = neuron.solver == model::Solver::Euler;
    const plan::ValueId next = emit.real(FilterStep(*filter, parts, by_euler, names, emit).next());
    k.store(*parts.state, next);
    if (!parts.before) continue;
    k.store(*parts.before, k.load(parts.input));
    k.store(*parts.has_before, k.truth(true));
  }
}

}  // namespace bouton::lower
