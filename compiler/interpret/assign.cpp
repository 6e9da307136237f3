// Statements that change values: `=`, `+=`, `clip`, `normalise`.
#include "compiler/elaborate/array_expr.h"
#include "compiler/elaborate/operators.h"
#include "compiler/interpret/machine.h"
#include "runtime/library/normalise.h"
#include "runtime/tensor/access.h"

namespace bouton::interpret {

namespace {

using runtime::Tensor;
using runtime::Value;

// Writes a whole variable, quantity, or part of one; `from` is where the value comes from.
std::optional<Problem> store(const model::Expr& target, const Value& value, source::Span from,
                             Machine& machine) {
  if (const auto* ref = std::get_if<model::Ref>(&target.node)) {
    machine.set(ref->symbol, value);
    return std::nullopt;
  }
  if (const auto* quantity = std::get_if<model::Quantity>(&target.node)) {
    const auto resolved = with_known_indices(*quantity, machine.environment);
    if (!resolved) return resolved.problem();
    return write_quantity(*resolved, from, value, machine.state);
  }
  const auto& index = std::get<model::Index>(target.node);
  const auto base = elaborate::evaluate(*index.base, machine.environment);
  if (!base) return base.problem();
  const auto subscripts = elaborate::evaluate_subscripts(index.indices, machine.environment);
  if (!subscripts) return subscripts.problem();
  const auto* whole = base->as<Tensor>();
  const auto* part = value.as<Tensor>();
  if (whole == nullptr || part == nullptr)
    return Problem{target.span, "only parts of arrays of numbers can be assigned", ""};
  auto changed = runtime::with_part(*whole, *subscripts, *part);
  if (!changed) return Problem{target.span, changed.error().message, ""};
  return store(*index.base, Value(*std::move(changed)), from, machine);
}

std::optional<Problem> clip_one(const model::Expr& target, double low, double high,
                                source::Span from, Machine& machine) {
  const auto value = elaborate::evaluate(target, machine.environment);
  if (!value) return value.problem();
  const auto* tensor = value->as<Tensor>();
  if (tensor == nullptr) return Problem{target.span, "only numbers can be clipped", ""};
  Tensor clipped = *tensor;
  for (double& number : clipped.data()) {
    if (number < low) number = low;
    if (number > high) number = high;
  }
  return store(target, Value(std::move(clipped)), from, machine);
}

// A later statement for the same projection takes the place of an earlier one.
Flow normalise_from_now_on(const model::Normalise& normalise, double total, Machine& machine) {
  const auto every = elaborate::evaluate_duration(*normalise.every, machine.environment);
  if (!every) return machine.fail(every.problem());
  if (*every < 1) return machine.fail(normalise.every->span, runtime::period_too_short(*every));
  const auto quantity =
      with_known_indices(std::get<model::Quantity>(normalise.target.node), machine.environment);
  if (!quantity) return machine.fail(quantity.problem());
  const auto id = find_projection(*quantity, machine.state);
  if (!id || machine.network.projections[*id].tie)
    return machine.fail({normalise.target.span, "these weights cannot be normalised", ""});
  auto& all = machine.state.normalised;
  std::erase_if(all, [&](const PeriodicNormalise& other) { return other.projection == *id; });
  all.push_back({*id, normalise.per_post, total, *every});
  return Flow::Next;
}

}  // namespace

Flow execute_assign(const model::Assign& assign, Machine& machine) {
  auto value = elaborate::evaluate(assign.value, machine.environment);
  if (!value) return machine.fail(value.problem());
  if (assign.op != model::AssignOp::Set) {
    const auto current = elaborate::evaluate(assign.target, machine.environment);
    if (!current) return machine.fail(current.problem());
    value = elaborate::apply_assignment(assign.op, *current, *value, assign.value.span);
    if (!value) return machine.fail(value.problem());
  }
  if (const auto problem = store(assign.target, *value, assign.value.span, machine))
    return machine.fail(*problem);
  return Flow::Next;
}

Flow execute_clip(const model::Clip& clip, Machine& machine) {
  const auto low = elaborate::evaluate_number(clip.low, machine.environment);
  if (!low) return machine.fail(low.problem());
  const auto high = elaborate::evaluate_number(clip.high, machine.environment);
  if (!high) return machine.fail(high.problem());
  if (!(*low <= *high)) return machine.fail(clip.low.span, runtime::bad_clip_range(*low, *high));
  for (const model::Expr& target : clip.targets)
    if (const auto problem = clip_one(target, *low, *high, clip.low.span, machine))
      return machine.fail(*problem);
  return Flow::Next;
}

Flow execute_normalise(const model::Normalise& normalise, Machine& machine) {
  const auto total = elaborate::evaluate_number(normalise.to, machine.environment);
  if (!total) return machine.fail(total.problem());
  if (!(*total >= 0)) return machine.fail(normalise.to.span, runtime::bad_sum_of_weights(*total));
  if (normalise.every) return normalise_from_now_on(normalise, *total, machine);
  const auto weights = elaborate::evaluate(normalise.target, machine.environment);
  if (!weights) return machine.fail(weights.problem());
  const auto* matrix = weights->as<Tensor>();
  if (matrix == nullptr || matrix->rank() != 2)
    return machine.fail({normalise.target.span, "only a matrix of weights can be normalised", ""});
  const Value changed(runtime::normalise(*matrix, normalise.per_post, *total));
  if (const auto problem = store(normalise.target, changed, normalise.to.span, machine))
    return machine.fail(*problem);
  return Flow::Next;
}

}  // namespace bouton::interpret
