// Values of the expressions that stand between runs.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "runtime/base/watch.h"
#include "runtime/host/problem.h"
#include "runtime/program/program.h"
#include "runtime/tensor/access.h"

namespace bouton::runtime {

// What the expressions of one replica see.
struct Scope {
  const Program* program = nullptr;
  std::uint64_t seed = 0;
  std::vector<std::optional<Value>> variables;
  std::int64_t elapsed = 0;  // steps of the last run
  // How often each call of a random function was reached, by site: the counter of its draws.
  std::map<std::string, std::uint64_t> reached;
  // Of these, those since the statement that is being executed began: a statement that is left is
  // executed again.
  std::vector<std::string> reached_now;
  Watch watch;
  std::function<Outcome<Tensor>(std::uint32_t column)> read_column;
};

[[nodiscard]] Outcome<Value> evaluate(const HostExpr& expr, Scope& scope);
// Arrays element by element; texts and other values without an order can be equal or not.
[[nodiscard]] Outcome<Value> compare_values(Comparison op, const Value& left, const Value& right,
                                            Place place);
[[nodiscard]] Outcome<double> evaluate_number(const HostExpr& expr, Scope& scope);
[[nodiscard]] Outcome<std::int64_t> evaluate_whole(const HostExpr& expr, Scope& scope);
// A range that a loop goes through, without an array of its numbers.
[[nodiscard]] Outcome<Range> evaluate_ends(const RangeExpr& range, Place place, Scope& scope);
// Of an array: whether every element is true.
[[nodiscard]] Outcome<bool> evaluate_condition(const HostExpr& expr, Scope& scope);
[[nodiscard]] Outcome<std::vector<Subscript>> evaluate_subscripts(const HostExprs& subscripts,
                                                                  std::size_t from, Scope& scope);

// A time as steps; refused where it is not whole to 1e-9 (relative beyond one step).
[[nodiscard]] Outcome<std::int64_t> steps_of(double duration, double timestep, Place place);

}  // namespace bouton::runtime
