// What the statements of one circuit or experiment share while they are read.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compiler/check/context.h"
#include "compiler/check/network.h"
#include "compiler/model/program.h"

namespace bouton::check {

enum class BodyKind { Circuit, Experiment, Verify };

// The columns of all `record` statements with one set of names: one table.
struct RecordedColumn {
  source::Span span;
  Type type;
};
using RecordTable = std::map<std::string, RecordedColumn>;

// One curve of a `plot`, checked when all records are known.
struct PlottedCurve {
  const ast::Curve* syntax;
  std::string y;
  std::string x;
};

struct BodyContext {
  Context& context;
  BodyKind kind = BodyKind::Experiment;
  std::string name = {};  // of the circuit or experiment
  source::Span name_span = {};
  Network network = {};
  std::map<std::string, const CircuitInterface*, std::less<>> instances = {};
  const ByName<CircuitInterface>& circuits;
  const model::Program& program;  // neurons, synapses and rules are complete

  // Constants and loop variables that depend on parameters only: what a compile-time `if` or `for`
  // and the sizes and indices of declarations may use.
  std::set<model::SymbolId> compile_time = {};
  bool in_phase = false;
  // The names of the innermost `for`, and whether it counts: what `every n` refers to.
  struct Loop {
    bool counts = false;
    bool compile_time = false;
  };
  std::vector<Loop> loops = {};
  int branches = 0;          // `if` statements around
  bool at_run_time = false;  // inside an `if` or `for` that depends on more than parameters

  std::optional<source::Span> timestep = {};
  std::optional<source::Span> first_run = {};
  std::optional<model::Expr> timestep_value = {};
  bool has_results = false;  // something is recorded, printed or expected
  std::vector<RecordTable> tables = {};
  std::vector<PlottedCurve> curves = {};

  // SEMANTICS 20: the site of the random calls of the statement being read.
  std::string site = {};
  std::vector<model::Expr> site_indices = {};
  std::map<std::string, int> calls_of_site = {};
};

}  // namespace bouton::check
