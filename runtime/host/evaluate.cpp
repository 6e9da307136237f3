#include "runtime/host/evaluate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "runtime/base/check.h"
#include "runtime/host/calls.h"
#include "runtime/host/missing_synapses.h"
#include "runtime/tensor/join.h"

namespace bouton::runtime {

namespace {

using ValueOutcome = Outcome<Value>;

Problem wrong_kind(Place place, const char* wanted, const Value& value) {
  return {place, fmt::format("expected {}, but this is {}", wanted, describe(value)), ""};
}

template <typename T>
ValueOutcome checked(Result<T> result, Place place) {
  if (!result) return Problem{place, result.error().message, ""};
  return Value(*std::move(result));
}

ValueOutcome checked_truth(Result<Tensor> result, Place place) {
  if (result && result->is_scalar()) return Value(result->scalar() != 0.0);
  return checked(std::move(result), place);
}

// Truth values count as 1 and 0.
std::optional<Tensor> numbers_of(const Value& value) {
  if (const auto* tensor = value.as<Tensor>()) return *tensor;
  if (const auto* truth = value.as<bool>()) return Tensor(*truth ? 1.0 : 0.0);
  return std::nullopt;
}

struct Evaluator {
  Scope& scope;
  Place place;

  ValueOutcome operator()(const ConstantExpr& constant) { return constant.value; }

  ValueOutcome operator()(const VariableExpr& variable) {
    const auto& value = scope.variables[variable.variable];
    require(value.has_value(), "a variable is read before it is set");
    return *value;
  }

  ValueOutcome operator()(const ColumnExpr& column) {
    auto read = scope.read_column(column.column);
    if (!read) return read.problem();
    Tensor cells = *std::move(read);
    if (column.transposed) {
      Tensor turned(Shape{cells.shape()[1], cells.shape()[0]});
      for (std::size_t i = 0; i < turned.shape()[0]; ++i)
        for (std::size_t j = 0; j < turned.shape()[1]; ++j) turned.at(i, j) = cells.at(j, i);
      cells = std::move(turned);
    }
    if (column.scale != 1)
      for (double& cell : cells.data()) {
        // A product of two numbers of single precision is exact in double.
        cell *= column.scale;
        if (column.in_single) cell = static_cast<double>(static_cast<float>(cell));
      }
    clear_missing(cells, column.missing);
    return Value(std::move(cells));
  }

  ValueOutcome operator()(const ElapsedExpr&) { return Value(static_cast<double>(scope.elapsed)); }

  ValueOutcome operator()(const NegateExpr& expr) {
    auto operand = evaluate(expr.operand.front(), scope);
    if (!operand) return operand;
    const auto numbers = numbers_of(*operand);
    if (!numbers) return wrong_kind(place, "a number", *operand);
    return Value(negate(*numbers));
  }

  ValueOutcome operator()(const NotExpr& expr) {
    auto operand = evaluate(expr.operand.front(), scope);
    if (!operand) return operand;
    const auto truths = numbers_of(*operand);
    if (!truths) return wrong_kind(place, "a truth value", *operand);
    return checked_truth(compare(Comparison::Equal, *truths, Tensor(0.0)), place);
  }

  ValueOutcome operator()(const ArithmeticExpr& expr) {
    auto operands = two_numbers(expr.operands);
    if (!operands) return operands.problem();
    return checked(calculate(expr.op, operands->first, operands->second), place);
  }

  ValueOutcome operator()(const CompareExpr& expr) {
    const auto left = evaluate(expr.operands[0], scope);
    if (!left) return left;
    const auto right = evaluate(expr.operands[1], scope);
    if (!right) return right;
    return compare_values(expr.op, *left, *right, place);
  }

  ValueOutcome operator()(const LogicExpr& expr) {
    const auto left = evaluate(expr.operands[0], scope);
    if (!left) return left;
    const auto* decided = left->as<bool>();
    if (decided != nullptr && *decided != expr.conjunction) return Value(*decided);
    const auto right = evaluate(expr.operands[1], scope);
    if (!right) return right;
    const auto a = numbers_of(*left);
    const auto b = numbers_of(*right);
    if (!a || !b) return wrong_kind(place, "truth values", a ? *right : *left);
    if (expr.conjunction) return checked_truth(calculate(Arithmetic::Multiply, *a, *b), place);
    auto sum = calculate(Arithmetic::Add, *a, *b);
    if (!sum) return checked(std::move(sum), place);
    return checked_truth(compare(Comparison::Greater, *sum, Tensor(0.0)), place);
  }

  ValueOutcome operator()(const ChoiceExpr& expr) {
    const auto condition = evaluate_condition(expr.condition_and_branches[0], scope);
    if (!condition) return condition.problem();
    return evaluate(expr.condition_and_branches[*condition ? 1 : 2], scope);
  }

  ValueOutcome operator()(const CallExpr& call) { return evaluate_call(call, place, scope); }

  ValueOutcome operator()(const RangeExpr& expr) {
    const auto ends = evaluate_ends(expr, place, scope);
    if (!ends) return ends.problem();
    return checked(elements_of(*ends), place);
  }

  ValueOutcome operator()(const IndexExpr& expr) {
    const auto base = evaluate(expr.base_and_subscripts.front(), scope);
    if (!base) return base;
    const auto subscripts = evaluate_subscripts(expr.base_and_subscripts, 1, scope);
    if (!subscripts) return subscripts.problem();
    return checked(read_part(*base, *subscripts), place);
  }

  ValueOutcome operator()(const FieldExpr& expr) {
    const auto base = evaluate(expr.base.front(), scope);
    if (!base) return base;
    const auto* record = base->as<Record>();
    const Value* field = record == nullptr ? nullptr : record->find(expr.field);
    if (field == nullptr)
      return Problem{place, fmt::format("{} has no field `{}`", describe(*base), expr.field), ""};
    return *field;
  }

  ValueOutcome operator()(const MemberExpr& expr) {
    std::vector<std::int64_t> indices;
    std::string member = expr.family;
    for (const HostExpr& part : expr.indices) {
      const auto index = evaluate_whole(part, scope);
      if (!index) return index.problem();
      indices.push_back(*index);
      member += fmt::format("[{}]", *index);
    }
    const auto found = std::ranges::find(expr.cases, indices, &MemberExpr::Case::indices);
    if (found == expr.cases.end()) return problem_at(place, no_such_member(member));
    if (found->value.empty()) return problem_at(place, not_of_member(member, expr.variable));
    return evaluate(found->value.front(), scope);
  }

  ValueOutcome operator()(const ArrayExpr& expr) {
    auto items = all(expr.elements);
    if (!items) return items.problem();
    return checked(build_array(*items), place);
  }

  ValueOutcome operator()(const TupleExpr& expr) {
    auto items = all(expr.elements);
    if (!items) return items.problem();
    return Value(List{*std::move(items)});
  }

  ValueOutcome operator()(const ToTimeExpr& expr) {
    const auto steps = evaluate(expr.operand.front(), scope);
    if (!steps) return steps;
    auto numbers = numbers_of(*steps);
    if (!numbers) return wrong_kind(place, "a number of steps", *steps);
    for (double& number : numbers->data()) number *= scope.program->timestep;
    return Value(*std::move(numbers));
  }

  ValueOutcome operator()(const ToStepsExpr& expr) {
    const auto duration = evaluate_number(expr.operand.front(), scope);
    if (!duration) return duration.problem();
    const auto steps = steps_of(*duration, scope.program->timestep, place);
    if (!steps) return steps.problem();
    return Value(static_cast<double>(*steps));
  }

 private:
  Outcome<std::vector<Value>> all(const HostExprs& exprs) {
    std::vector<Value> values;
    for (const HostExpr& expr : exprs) {
      auto value = evaluate(expr, scope);
      if (!value) return value.problem();
      values.push_back(*std::move(value));
    }
    return values;
  }

  Outcome<std::pair<Tensor, Tensor>> two_numbers(const HostExprs& operands) {
    const auto left = evaluate(operands[0], scope);
    if (!left) return left.problem();
    const auto right = evaluate(operands[1], scope);
    if (!right) return right.problem();
    auto a = numbers_of(*left);
    auto b = numbers_of(*right);
    if (!a || !b) return wrong_kind(place, "numbers", a ? *right : *left);
    return std::pair(*std::move(a), *std::move(b));
  }
};

Outcome<Subscript> evaluate_subscript(const HostExpr& expr, Scope& scope) {
  const auto* slice = std::get_if<RangeExpr>(&expr.node);
  if (slice == nullptr) {
    const auto index = evaluate_whole(expr, scope);
    if (!index) return index.problem();
    return Subscript(*index);
  }
  const auto first = evaluate_whole(slice->first_last_by[0], scope);
  if (!first) return first.problem();
  const auto last = evaluate_whole(slice->first_last_by[1], scope);
  if (!last) return last.problem();
  return Subscript(Slice{*first, *last});
}

}  // namespace

Outcome<Value> compare_values(Comparison op, const Value& left, const Value& right, Place place) {
  const bool equality = op == Comparison::Equal || op == Comparison::NotEqual;
  if (equality && !left.as<Tensor>() && !right.as<Tensor>())
    return Value((left == right) == (op == Comparison::Equal));
  const auto a = numbers_of(left);
  const auto b = numbers_of(right);
  if (!a || !b) return wrong_kind(place, "numbers", a ? right : left);
  return checked_truth(compare(op, *a, *b), place);
}

Outcome<Value> evaluate(const HostExpr& expr, Scope& scope) {
  return std::visit(Evaluator{scope, expr.place}, expr.node);
}

Outcome<double> evaluate_number(const HostExpr& expr, Scope& scope) {
  const auto value = evaluate(expr, scope);
  if (!value) return value.problem();
  const auto* tensor = value->as<Tensor>();
  if (tensor == nullptr || !tensor->is_scalar())
    return wrong_kind(expr.place, "one number", *value);
  return tensor->scalar();
}

Outcome<std::int64_t> evaluate_whole(const HostExpr& expr, Scope& scope) {
  const auto number = evaluate_number(expr, scope);
  if (!number) return number.problem();
  const auto whole = whole_number(*number);
  if (!whole) return Problem{expr.place, whole.error().message, ""};
  return *whole;
}

Outcome<Range> evaluate_ends(const RangeExpr& expr, Place place, Scope& scope) {
  std::vector<double> numbers;
  for (const HostExpr& part : expr.first_last_by) {
    const auto number = evaluate_number(part, scope);
    if (!number) return number.problem();
    numbers.push_back(*number);
  }
  const auto range = make_range(numbers[0], numbers[1], numbers.size() > 2 ? numbers[2] : 1.0);
  if (!range) return Problem{place, range.error().message, ""};
  return *range;
}

Outcome<bool> evaluate_condition(const HostExpr& expr, Scope& scope) {
  const auto value = evaluate(expr, scope);
  if (!value) return value.problem();
  if (const auto* truth = value->as<bool>()) return *truth;
  if (const auto* tensor = value->as<Tensor>()) return all_true(*tensor);
  return wrong_kind(expr.place, "a truth value", *value);
}

Outcome<std::vector<Subscript>> evaluate_subscripts(const HostExprs& subscripts, std::size_t from,
                                                    Scope& scope) {
  std::vector<Subscript> values;
  for (std::size_t i = from; i < subscripts.size(); ++i) {
    const auto subscript = evaluate_subscript(subscripts[i], scope);
    if (!subscript) return subscript.problem();
    values.push_back(*subscript);
  }
  return values;
}

Outcome<std::int64_t> steps_of(double duration, double timestep, Place place) {
  constexpr double tolerance = 1e-9;
  constexpr double most = 0x1p53;
  const double steps = duration / timestep;
  const double whole = std::nearbyint(steps);
  if (!(std::fabs(steps) <= most) ||
      std::fabs(steps - whole) > tolerance * std::max(1.0, std::fabs(steps)))
    return problem_at(place, bad_duration(duration, timestep));
  return static_cast<std::int64_t>(whole);
}

}  // namespace bouton::runtime
