#include "compiler/lower/observe.h"

#include "compiler/base/check.h"
#include "compiler/elaborate/expr_walk.h"
#include "compiler/lower/columns.h"
#include "compiler/lower/quantity.h"
#include "compiler/model/builtins.h"
#include "compiler/plan/query.h"

namespace bouton::lower {

namespace {

using Kind = plan::Observer::Kind;

Kind observer_kind(model::Reducer reducer) {
  switch (reducer) {
    case model::Reducer::Mean:
      return Kind::Mean;
    case model::Reducer::Sum:
      return Kind::Sum;
    case model::Reducer::Variance:
      return Kind::Variance;
    case model::Reducer::Min:
      return Kind::Minimum;
    case model::Reducer::Max:
      return Kind::Maximum;
    case model::Reducer::Last:
      return Kind::Last;
    case model::Reducer::Samples:
      return Kind::Samples;
    case model::Reducer::Count:
      return Kind::Count;
    case model::Reducer::Spikes:
      return Kind::Spikes;
    case model::Reducer::HistogramOfStates:
      return Kind::StateHistogram;
  }
  BOUTON_UNREACHABLE("reducer");
}

// Where the quantities of an expression live: all have to be of one shape.
class ObservedSpace {
 public:
  ObservedSpace(Lowering& lowering, const model::Expr& what) {
    elaborate::walk(what, [&](const model::Expr& part) {
      const auto* quantity = std::get_if<model::Quantity>(&part.node);
      if (quantity == nullptr) return;
      const auto operand = find_operand(lowering, *quantity);
      if (!operand) {
        fits_ = false;
        return;
      }
      const std::vector<plan::AxisId>& axes = plan::axes_of(lowering.plan, *operand);
      const plan::CircuitId circuit = circuit_of(lowering, *quantity);
      if (!axes_) axes_ = axes;
      if (!circuit_) circuit_ = circuit;
      fits_ = fits_ && axes == *axes_;
      in_one_circuit_ = in_one_circuit_ && circuit == *circuit_;
    });
  }
  // Nothing where one kernel cannot compute the expression.
  [[nodiscard]] std::optional<std::vector<plan::AxisId>> axes() const {
    return fits_ ? axes_ : std::nullopt;
  }

  // The one that they all advance with, if there is one.
  [[nodiscard]] plan::CircuitId circuit() const { return circuit_.value(); }
  [[nodiscard]] bool in_one_circuit() const { return in_one_circuit_; }

 private:
  std::optional<plan::CircuitId> circuit_;
  std::optional<std::vector<plan::AxisId>> axes_;
  bool fits_ = true;
  bool in_one_circuit_ = true;
};

bool is_elementwise(const model::Expr& what, const model::Program& program);

// A function of numbers; `min` and `max` of one argument are reductions.
bool is_elementwise(const model::Call& call, const model::Program& program) {
  if (const auto* id = std::get_if<model::FunctionId>(&call.callee))
    return is_elementwise(program.functions[*id].value, program);
  const auto* id = std::get_if<model::BuiltinId>(&call.callee);
  if (id == nullptr) return false;
  const model::Builtin& builtin = model::builtin(*id);
  return builtin.where == model::Where::Anywhere &&
         static_cast<int>(call.arguments.size()) == builtin.max_arguments;
}

// Made of numbers and quantities element by element; anything else would need arrays.
bool is_elementwise(const model::Expr& what, const model::Program& program) {
  bool elementwise = true;
  elaborate::walk(what, [&](const model::Expr& part) {
    if (const auto* call = std::get_if<model::Call>(&part.node))
      elementwise = elementwise && is_elementwise(*call, program);
    // The condition of an `if` is one truth value, not an array of them.
    elementwise = elementwise && !std::holds_alternative<model::Choice>(part.node) &&
                  !std::holds_alternative<model::Index>(part.node) &&
                  !std::holds_alternative<model::ArrayLiteral>(part.node) &&
                  !std::holds_alternative<model::TupleLiteral>(part.node) &&
                  !std::holds_alternative<model::Range>(part.node) &&
                  !std::holds_alternative<model::RecordField>(part.node);
  });
  return elementwise;
}

// Names of the experiment do not change during a run, but a kernel does not see them.
bool reads_names(const model::Expr& what) {
  bool reads = false;
  elaborate::walk(what, [&](const model::Expr& part) {
    reads = reads || std::holds_alternative<model::Ref>(part.node);
  });
  return reads;
}

// The projection whose weights are tied and lack synapses that the other one has.
std::optional<elaborate::ProjectionId> incomplete_view(const Lowering& lowering,
                                                       const model::Quantity& quantity,
                                                       plan::Operand operand) {
  if (!std::holds_alternative<plan::ViewId>(operand)) return std::nullopt;
  const auto id =
      std::get<elaborate::ProjectionId>(*elaborate::find_owner(lowering.network, quantity));
  const plan::Link& link = lowering.plan.links[lowering.projections[id].link];
  const auto& storage = std::get<plan::DenseStorage>(link.storage);
  return storage.no_self || storage.one_to_one ? std::optional(id) : std::nullopt;
}

// What a kernel or observer reads. Views do not know which synapses are missing: these stay 0 in a
// copy.
std::optional<plan::Operand> observed_operand(Lowering& lowering, const model::Quantity& quantity,
                                              LoweredObservation& result) {
  const auto operand = find_operand(lowering, quantity);
  const auto id = operand ? incomplete_view(lowering, quantity, *operand) : std::nullopt;
  if (!id) return operand;
  const ProjectionParts& parts = lowering.projections[*id];
  const elaborate::Projection& projection = lowering.network.projections[*id];
  const plan::ColumnId copy = add_column(lowering, {projection.name + ".w observed",
                                                    plan::kReal,
                                                    {parts.post, parts.pre},
                                                    plan::Role::Scratch,
                                                    parts.link,
                                                    {},
                                                    projection.span});
  plan::KernelBuilder kernel(lowering.plan, "tied weights", parts.circuit, parts.link);
  kernel.store(copy, kernel.load(*operand));
  result.compute.push_back(plan::item(kernel.finish()));
  return copy;
}

// A column that holds the expression, and the kernel that fills it in stage Observe.
std::optional<plan::Operand> add_expression(Lowering& lowering, const model::Expr& what,
                                            LoweredObservation& result) {
  const ObservedSpace space(lowering, what);
  if (!space.in_one_circuit()) {
    lowering.refuse(Unlowered::ObservedCircuits, what.span);
    return std::nullopt;
  }
  const auto axes = space.axes();
  const bool fits = axes && what.type.rank == static_cast<int>(axes->size());
  if (!fits || reads_names(what) || !is_elementwise(what, *lowering.network.program)) {
    lowering.refuse(Unlowered::ObservedArray, what.span);
    return std::nullopt;
  }
  const plan::ColumnId column = add_column(
      lowering,
      {"observed", column_type(what.type), *axes, plan::Role::Scratch, {}, {}, what.span});
  lowering.plan.columns[column].wide = true;
  // Not over the link: of a missing synapse the expression has its value for weight 0. Wide: what
  // the experiment computes is double.
  plan::KernelBuilder kernel(lowering.plan, "observed", space.circuit(), *axes);
  kernel.widen();
  Emitter emit(lowering, kernel);
  Names names;
  names.scope = &lowering.network.source().scope;
  names.quantity = [&](const model::Quantity& quantity, source::Span) -> Value {
    return kernel.load_at(*observed_operand(lowering, quantity, result),
                          {axes->begin(), axes->end()});
  };
  const Value value = lower_expression(what, names, emit);
  kernel.store(column,
               what.type.kind == model::Kind::Boolean ? emit.truth(value) : emit.real(value));
  result.compute.push_back(plan::item(kernel.finish()));
  return column;
}

}  // namespace

LoweredObservation lower_observation(Lowering& lowering, const model::Observation& observation,
                                     plan::HostExpr every, plan::HostExpr after) {
  LoweredObservation result;
  plan::Observer observer;
  observer.name = lowering.network.source().scope[observation.result].name;
  observer.kind = observer_kind(observation.reducer);
  observer.every = std::move(every);
  observer.after = std::move(after);
  observer.span = observation.span;
  const auto* quantity = std::get_if<model::Quantity>(&observation.what.node);
  if (observer.kind == Kind::Count || observer.kind == Kind::Spikes) {
    BOUTON_CHECK(quantity != nullptr, "count and spikes name a population");
    observer.event = find_spike(lowering, *quantity);
    if (!observer.event) {
      lowering.refuse(Unlowered::ObservedArray, observation.span);
      return result;
    }
    observer.circuit = lowering.plan.events[*observer.event].circuit;
  } else {
    const auto what = quantity != nullptr ? observed_operand(lowering, *quantity, result)
                                          : add_expression(lowering, observation.what, result);
    if (!what && quantity != nullptr) lowering.refuse(Unlowered::ObservedArray, observation.span);
    if (!what) return result;
    observer.circuit = result.compute.empty()
                           ? circuit_of(lowering, *quantity)
                           : plan::circuit_of(lowering.plan, result.compute.back());
    observer.what = plan::Read{*what, plan::Version::Current};
  }
  result.observer = lowering.plan.observers.add(std::move(observer));
  return result;
}

}  // namespace bouton::lower
