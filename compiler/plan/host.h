// The experiment's own statements: a small structured program that the runtime executes, in JIT and
// executable alike. Values carry lanes: where lanes disagree at an `if` or `break`, or in the
// length of a loop or run, they are masked or regrouped. Its position and variables are in every
// checkpoint.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/plan/host_expr.h"
#include "compiler/plan/types.h"
#include "compiler/source/span.h"
#include "compiler/units/dimension.h"

namespace bouton::plan {

// Record: the value of a builtin such as boltzmann. Spikes: pairs of (step, element).
enum class HostKind : std::uint8_t { Real, Integer, Truth, Text, Tuple, Record, Spikes };
struct HostType {
  HostKind kind = HostKind::Real;
  int rank = 0;
};
struct HostVariable {
  std::string name;
  HostType type;
  Sharing sharing = Sharing::PerLane;
  units::Dimension dimension;
};

struct HostStmt;
using HostBody = std::vector<HostStmt>;

struct HostLet {
  HostVariableId variable;
  HostExpr value;
};
// Sets a variable, or a column (parameters, weights, states, also of rules), whole or at indices. A
// scalar fills an array. Assigning a state marks it as assigned: its initial kernel will not run.
struct HostAssign {
  std::variant<HostVariableId, ColumnId> target;
  std::vector<HostExpr> indices;
  HostExpr value;
};
// Several variables take the parts of a tuple. The sequence is a range, an array (over its first
// axis) or a list, evaluated once.
struct HostFor {
  std::vector<HostVariableId> variables;
  HostExpr sequence;
  HostBody body;
};
struct HostIf {
  HostExpr condition;
  HostBody when_true;
  HostBody when_false;
};
struct HostBreak {};

struct ResultBinding {
  ObserverId observer;
  HostVariableId variable;
};
// Advances the phase's circuits by `steps` >= 1 each.
struct HostRun {
  HostExpr steps;
  PhaseId phase;
  std::vector<ResultBinding> results;
};
// Columns return to their initial values (those with an initial kernel when the next run begins),
// then the kernels run: new hazard thresholds.
struct HostReset {
  std::vector<ColumnId> columns;
  std::vector<KernelId> kernels;
};
struct HostClip {
  std::vector<ColumnId> columns;
  HostExpr low;
  HostExpr high;
};
// Scales the weights so that sums of absolute values per post (or pre) neuron are `to`.
struct HostNormalise {
  ColumnId weights;
  bool per_post = true;
  HostExpr to;
};
// From now on the draws of `stream` are the rows of `tape`, an assigned array. Phases after this
// statement read the column instead of drawing words. Too few rows for a run is an error.
struct HostReplay {
  StreamId stream;
  ColumnId tape;
  HostExpr value;
};
// Runs when counter mod count == 0.
struct HostEvery {
  HostExpr count;
  HostExpr counter;
  HostBody body;
};
struct RecordTable {
  struct ColumnType {
    std::string name;
    HostType type;
    units::Dimension dimension;
  };
  std::vector<ColumnType> columns;
};
// Appends a row; one cell per column of the table, in its order.
struct HostRecord {
  RecordTableId table;
  std::vector<HostExpr> cells;
};
struct HostPlot {
  struct Curve {
    std::uint32_t y = 0;  // columns of the table
    std::uint32_t x = 0;
    bool logarithmic = false;
  };
  RecordTableId table;
  std::vector<Curve> curves;
};
struct HostPrint {
  std::vector<HostExpr> parts;
  std::vector<std::string> units;  // of each part; empty: none
};
// Without `expected`, `actual` is a truth value. `within` is absolute, per element; exact without
// it.
struct HostExpect {
  HostExpr actual;
  std::optional<HostExpr> expected;
  std::optional<HostExpr> within;
};

struct HostStmt {
  std::variant<HostLet, HostAssign, HostFor, HostIf, HostBreak, HostRun, HostReset, HostClip,
               HostNormalise, HostReplay, HostEvery, HostRecord, HostPlot, HostPrint, HostExpect>
      node;
  source::Span span{};
};

struct HostProgram {
  HostBody body;
};

}  // namespace bouton::plan
