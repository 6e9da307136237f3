// Where an expression stands: the names it may use and what is allowed there.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/ast/expr.h"
#include "compiler/check/interfaces.h"
#include "compiler/check/names.h"
#include "compiler/check/type.h"
#include "compiler/diagnostics/diagnostics.h"

namespace bouton::check {

enum class Place { Neuron, Synapse, Rule, Function, Experiment };

// What the surroundings make of a value: a condition reads an unknown field as a truth value.
enum class Wanted { Value, Condition };

struct Context {
  const Interfaces& interfaces;
  diagnostics::Diagnostics& diagnostics;
  DimensionSolver& solver;
  Names& names;
  Place place;

  // Reads expressions that name something outside the declaration: `pre.x` of a rule, `W.hebb.c`
  // or `net.pyr[l].u` of an experiment. Called for every Name, Field and Index before anything
  // else; nothing means that it is an ordinary value.
  std::function<std::optional<Typed>(const ast::Expr&, Wanted, Context&)> read_path = {};

  // Names the random numbers of a call (SEMANTICS 20), called once for each random builtin.
  std::function<model::RandomSite(const ast::Call&, Context&)> random_site = {};

  // Called for each mean or variance of a variable of the network.
  std::function<void(const ast::Call&)> on_average = {};

  // Variables whose prev() and slope need an `initially` that they lack: reported where they are
  // read.
  std::vector<model::SymbolId> without_previous = {};

  // Parameters whose defaults are numbers without a unit, for hints.
  std::map<model::SymbolId, double> plain_defaults = {};

  // Columns of `record` so far: they can be plotted, but are no names.
  std::set<std::string> columns = {};

  // Errors that were reported before this declaration was read.
  std::size_t errors_before = 0;

  // The value of `y = moving_average(...)`: the one place where a Filter may stand.
  const ast::Expr* filter_may_be = nullptr;

  bool in_equation = false;  // the right-hand side of x' = …, where white noise may stand
  bool uses_experiment_functions = false;  // set by calls of builtins that dynamics cannot make
};

// Whether something is wrong in the declaration that is being read: what then looks unused or open
// may be a consequence.
[[nodiscard]] inline bool has_errors(const Context& context) {
  return context.diagnostics.error_count() > context.errors_before;
}

}  // namespace bouton::check
