// The statements of Machine that compute and store: values, columns, records, expectations.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "runtime/analysis/render_table.h"
#include "runtime/host/machine.h"
#include "runtime/host/missing_synapses.h"
#include "runtime/library/normalise.h"
#include "runtime/tensor/access.h"
#include "runtime/tensor/tape.h"

namespace bouton::runtime {

namespace {

Outcome<Tensor> numbers_of(const Value& value, Place place) {
  if (const auto* tensor = value.as<Tensor>()) return *tensor;
  if (const auto* truth = value.as<bool>()) return Tensor(*truth ? 1.0 : 0.0);
  return Problem{place, fmt::format("expected numbers, but this is {}", describe(value)), ""};
}

struct FoundElement {
  std::size_t position = 0;
  double value = 0;
};

// The first element that is not above 0 as the column holds it; missing synapses have none.
std::optional<FoundElement> find_not_positive(const Tensor& cells, CellType type,
                                              const MissingSynapses& missing) {
  Tensor there(cells.shape());
  std::ranges::fill(there.data(), 1.0);
  clear_missing(there, missing);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const double held = type == CellType::Real32 ? static_cast<float>(cells[i]) : cells[i];
    if (there[i] != 0.0 && !(held > 0.0)) return FoundElement{i, held};
  }
  return std::nullopt;
}

}  // namespace

// Of a time constant, which has to stay one.
Failed Machine::check_positive(std::uint32_t column, const Tensor& cells, bool scalar,
                               Place place) const {
  if (!program_.positive[column]) return std::nullopt;
  const ColumnLayout& layout = arena_.layout().columns[column];
  const auto found = find_not_positive(cells, layout.type, program_.missing[column]);
  if (!found) return std::nullopt;
  const std::string index = scalar ? "" : print_index(cells.shape(), found->position);
  return problem_at(place,
                    time_constant_not_positive(short_name(layout.name) + index, found->value));
}

Failed Machine::assign(std::uint32_t column, const Value& value, Place place) {
  auto numbers = numbers_of(value, place);
  if (!numbers) return numbers.problem();
  Tensor cells(arena_.shape(column));
  const bool scalar = numbers->is_scalar();
  if (scalar) {
    std::ranges::fill(cells.data(), numbers->scalar());
  } else if (numbers->shape() == cells.shape()) {
    cells = *std::move(numbers);
  } else {
    return problem_at(place, wrong_shape(describe(value), print_shape(cells.shape())));
  }
  if (auto failed = check_positive(column, cells, scalar, place)) return failed;
  clear_missing(cells, program_.missing[column]);
  if (const auto number = arena_.find_unfit(column, cells))
    return problem_at(place, not_whole(short_name(arena_.layout().columns[column].name), *number));
  arena_.write(column, lane_, cells);
  assigned_[column] = true;
  return std::nullopt;
}

Machine::Step Machine::execute(const LetStmt& let, Place /*place*/) {
  auto value = evaluate(let.value, scope_);
  if (!value) return value.problem();
  scope_.variables[let.variable] = *std::move(value);
  return std::nullopt;
}

Machine::Step Machine::execute(const AssignVariableStmt& assign, Place place) {
  auto value = evaluate(assign.value, scope_);
  if (!value) return value.problem();
  auto& variable = scope_.variables[assign.variable];
  if (assign.subscripts.empty()) {
    variable = *std::move(value);
    return std::nullopt;
  }
  const auto subscripts = evaluate_subscripts(assign.subscripts, 0, scope_);
  if (!subscripts) return subscripts.problem();
  const auto part = numbers_of(*value, place);
  if (!part) return part.problem();
  const auto* whole = variable->as<Tensor>();
  if (whole == nullptr)
    return Problem{place, fmt::format("{} has no elements to assign", describe(*variable)), ""};
  auto changed = with_part(*whole, *subscripts, *part);
  if (!changed) return Problem{place, changed.error().message, ""};
  variable = Value(*std::move(changed));
  return std::nullopt;
}

Machine::Step Machine::execute(const AssignColumnStmt& assignment, Place place) {
  auto value = evaluate(assignment.value, scope_);
  if (!value) return value.problem();
  if (!assignment.subscripts.empty()) {
    const auto subscripts = evaluate_subscripts(assignment.subscripts, 0, scope_);
    if (!subscripts) return subscripts.problem();
    const auto part = numbers_of(*value, place);
    if (!part) return part.problem();
    const auto whole = read(assignment.column);
    if (!whole) return whole.problem();
    auto changed = with_part(*whole, *subscripts, *part);
    if (!changed) return Problem{place, changed.error().message, ""};
    value = Value(*std::move(changed));
  }
  if (auto failed = assign(assignment.column, *value, assignment.value.place))
    return *std::move(failed);
  return std::nullopt;
}

Machine::Step Machine::execute(const ClipStmt& clip, Place /*place*/) {
  const auto low = evaluate_number(clip.low, scope_);
  if (!low) return low.problem();
  const auto high = evaluate_number(clip.high, scope_);
  if (!high) return high.problem();
  if (!(*low <= *high)) return problem_at(clip.low.place, bad_clip_range(*low, *high));
  for (const std::uint32_t column : clip.columns) {
    auto cells = read(column);
    if (!cells) return cells.problem();
    for (double& cell : cells->data()) cell = cell < *low ? *low : cell > *high ? *high : cell;
    if (auto failed = assign(column, Value(*std::move(cells)), clip.low.place))
      return *std::move(failed);
  }
  return std::nullopt;
}

Machine::Step Machine::execute(const NormaliseStmt& normalisation, Place /*place*/) {
  const auto to = evaluate_number(normalisation.to, scope_);
  if (!to) return to.problem();
  if (!(*to >= 0)) return problem_at(normalisation.to.place, bad_sum_of_weights(*to));
  const auto weights = read(normalisation.column);
  if (!weights) return weights.problem();
  const Tensor cells = normalise(*weights, normalisation.per_post, *to);
  if (auto failed = assign(normalisation.column, Value(cells), normalisation.to.place))
    return *std::move(failed);
  return std::nullopt;
}

Machine::Step Machine::execute(const ReplayStmt& replay, Place place) {
  const auto value = evaluate(replay.value, scope_);
  if (!value) return value.problem();
  auto rows = numbers_of(*value, replay.value.place);
  if (!rows) return rows.problem();
  const auto& extents = arena_.layout().columns[replay.column].extents;
  const std::int64_t elements = extents.back();
  if (rows->rank() == 1 && elements == 1) rows = Tensor(Shape{rows->size(), 1}, rows->data());
  if (rows->rank() != 2 || static_cast<std::int64_t>(rows->shape()[1]) != elements)
    return problem_at(replay.value.place, wrong_tape(describe(*value), elements));
  // Only draws of spikes are replayed in compiled programs.
  if (auto refused = find_bad_draw(*rows))
    return problem_at(replay.value.place, *std::move(refused));
  arena_.set_tape(replay.column, lane_, *rows);
  std::erase_if(tapes_, [&](const Tape& tape) { return tape.statement->column == replay.column; });
  tapes_.push_back({&replay, place, static_cast<std::int64_t>(rows->shape()[0])});
  return std::nullopt;
}

Machine::Step Machine::execute(const RecordStmt& record, Place /*place*/) {
  std::vector<RecordedValue> row;
  for (std::size_t i = 0; i < record.names.size(); ++i) {
    auto value = evaluate(record.cells[i], scope_);
    if (!value) return value.problem();
    row.push_back({record.names[i], *std::move(value)});
  }
  const std::size_t table = record_row(outcome_.results, std::move(row));
  if (listener_.on_record) listener_.on_record(replica_, outcome_.results.tables[table]);
  if (listener_.keeps_rows) outcome_.results.tables[table].rows.clear();
  return std::nullopt;
}

Machine::Step Machine::execute(const PlotStmt& plot, Place /*place*/) {
  outcome_.plots.push_back(plot);
  return std::nullopt;
}

Machine::Step Machine::execute(const PrintStmt& print, Place /*place*/) {
  std::string line;
  for (std::size_t i = 0; i < print.parts.size(); ++i) {
    const auto value = evaluate(print.parts[i], scope_);
    if (!value) return value.problem();
    line += render_printed(*value, print.units[i]);
  }
  if (listener_.on_print) listener_.on_print(replica_, line);
  outcome_.printed.push_back(std::move(line));
  return std::nullopt;
}

namespace {

constexpr std::string_view sign_of(Comparison op) {
  constexpr std::string_view kSigns[] = {"==", "!=", "<", "<=", ">", ">="};
  return kSigns[static_cast<std::size_t>(op)];
}

// With both of its sides, each evaluated once.
Outcome<ExpectationResult> check_condition(const HostExpr& condition, Scope& scope) {
  const auto* comparison = std::get_if<CompareExpr>(&condition.node);
  if (comparison == nullptr) {
    const auto value = evaluate(condition, scope);
    if (!value) return value.problem();
    return expect_truth(*value);
  }
  const auto left = evaluate(comparison->operands[0], scope);
  if (!left) return left.problem();
  const auto right = evaluate(comparison->operands[1], scope);
  if (!right) return right.problem();
  const auto truth = compare_values(comparison->op, *left, *right, condition.place);
  if (!truth) return truth.problem();
  return expect_comparison(sign_of(comparison->op), *left, *right, *truth);
}

}  // namespace

Machine::Step Machine::execute(const ExpectStmt& expect, Place place) {
  if (expect.expected.empty()) {
    auto result = check_condition(expect.actual, scope_);
    if (!result) return result.problem();
    outcome_.expectations.push_back({place, *std::move(result)});
    return std::nullopt;
  }
  const auto actual = evaluate(expect.actual, scope_);
  if (!actual) return actual.problem();
  const auto expected = evaluate(expect.expected.front(), scope_);
  if (!expected) return expected.problem();
  double within = 0;
  if (!expect.within.empty()) {
    const auto tolerance = evaluate_number(expect.within.front(), scope_);
    if (!tolerance) return tolerance.problem();
    within = *tolerance;
  }
  outcome_.expectations.push_back({place, compare_with_expected(*actual, *expected, within)});
  return std::nullopt;
}

}  // namespace bouton::runtime
