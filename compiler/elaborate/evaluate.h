// Values of the experiment's own expressions: numbers, arrays, texts, lists, records. Used by
// elaboration for what is known before the experiment runs, and by the interpreter for its
// statements. Arithmetic, library functions, files and random arrays are those of the runtime,
// which compiled programs call too.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/elaborate/network.h"
#include "compiler/elaborate/problem.h"
#include "runtime/base/watch.h"
#include "runtime/tensor/value.h"

namespace bouton::elaborate {

// How often each call of a random function was reached (SEMANTICS 20: the counter of arrays), by
// site.
using RandomCounters = std::map<std::string, std::uint64_t>;

// What the expressions of one experiment see.
struct Environment {
  const model::Program* program = nullptr;
  const model::Scope* scope = nullptr;
  double timestep = 0.0;
  std::uint64_t seed = 0;
  std::string source_directory;
  // By SymbolId of `scope`; truth values are bool, Steps are numbers of steps.
  std::vector<std::optional<runtime::Value>> values;
  std::vector<std::optional<FunctionValue>> functions;
  // Constants (`let`) that are evaluated where they are first needed.
  std::map<model::SymbolId, const model::Expr*> constants;
  // `z.bias`, `W.w`, `W.hebb.c`; empty where no network runs yet.
  std::function<Outcome<runtime::Value>(const model::Quantity&, source::Span)> read_quantity;
  RandomCounters counters;
  runtime::Watch watch;  // long computations are left with the problem `interrupted`
  // Inside a circuit: sites of its text begin with its name, for which the instance's stands.
  std::string circuit_name;
  std::string instance_name;
};

[[nodiscard]] Environment make_environment(const Network& network);

[[nodiscard]] Outcome<runtime::Value> evaluate(const model::Expr& expr, Environment& environment);

// What a function-valued expression stands for: a function, or a parameter that has one.
[[nodiscard]] std::optional<FunctionValue> function_named_by(const model::Expr& expr,
                                                             const Environment& environment);

// As `evaluate`, where only one kind of value can stand.
[[nodiscard]] Outcome<bool> evaluate_condition(const model::Expr& expr, Environment& environment);
[[nodiscard]] Outcome<double> evaluate_number(const model::Expr& expr, Environment& environment);
[[nodiscard]] Outcome<std::int64_t> evaluate_whole(const model::Expr& expr,
                                                   Environment& environment);
// A duration as steps, whether the expression is one already or a time.
[[nodiscard]] Outcome<std::int64_t> evaluate_duration(const model::Expr& expr,
                                                      Environment& environment);

// Whether the value follows from what the environment knows, without drawing or running.
[[nodiscard]] bool is_known(const model::Expr& expr, const Environment& environment);

// A condition's truth: a truth value, or an array of which every element is true.
[[nodiscard]] std::optional<bool> truth_of(const runtime::Value& value);

}  // namespace bouton::elaborate
