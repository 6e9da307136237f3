// Expressions of a program's own statements, as the runtime evaluates them between runs. Numbers
// are in coherent units; steps are whole numbers. Every reference is an index into the program's
// tables.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "runtime/tensor/elementwise.h"
#include "runtime/tensor/value.h"

namespace bouton::runtime {

// Where a statement stands in the source text: file number and bytes, as the compiler counts them.
struct Place {
  std::uint32_t file = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

struct HostExpr;
using HostExprs = std::vector<HostExpr>;

struct ConstantExpr {
  Value value;
};
struct VariableExpr {
  std::uint32_t variable = 0;
};
// The synapses that a projection's matrix does not have: they read 0 and ignore writes.
struct MissingSynapses {
  std::optional<std::int64_t> diagonal;  // column - row of the one that is missing
  bool off_diagonal = false;             // all but those of equal index
};
// A whole column as an array; through a view: transposed, scaled, and with the synapses of the
// view's projection only.
struct ColumnExpr {
  std::uint32_t column = 0;
  bool transposed = false;
  double scale = 1;
  bool in_single = false;  // products with the scale are rounded to single precision
  MissingSynapses missing{};
};
struct ElapsedExpr {};  // steps of the last run
struct NegateExpr {
  HostExprs operand;
};
struct NotExpr {
  HostExprs operand;
};
struct ArithmeticExpr {
  Arithmetic op = Arithmetic::Add;
  HostExprs operands;
};
struct CompareExpr {
  Comparison op = Comparison::Equal;
  HostExprs operands;
};
struct LogicExpr {  // the second operand is evaluated only if the first does not decide
  bool conjunction = true;
  HostExprs operands;
};
struct ChoiceExpr {
  HostExprs condition_and_branches;
};
// Where a call's random numbers come from (SEMANTICS 20).
struct SiteExpr {
  std::string name;
  HostExprs indices;
  std::uint32_t ordinal = 0;
  HostExprs seed;  // none or one
};
struct CallExpr {
  std::string function;  // of the library, or a file reader
  HostExprs arguments;
  std::vector<std::pair<std::string, HostExprs>> named;  // one expression each
  std::optional<SiteExpr> site;
};
struct RangeExpr {
  HostExprs first_last_by;  // two or three
};
struct IndexExpr {
  HostExprs base_and_subscripts;  // a RangeExpr among the subscripts is a slice
};
struct FieldExpr {
  HostExprs base;
  std::string field;
};
// A member of a family, by indices that are known now: its value; none where the member has no such
// variable.
struct MemberExpr {
  struct Case {
    std::vector<std::int64_t> indices;
    HostExprs value;
  };
  std::string family;
  std::string variable;  // empty: the member itself
  HostExprs indices;
  std::vector<Case> cases;
};
struct ArrayExpr {
  HostExprs elements;
};
struct TupleExpr {
  HostExprs elements;
};
struct ToTimeExpr {  // steps * timestep
  HostExprs operand;
};
struct ToStepsExpr {  // a time as steps; an error where it is no multiple of the timestep
  HostExprs operand;
};

struct HostExpr {
  std::variant<ConstantExpr, VariableExpr, ColumnExpr, ElapsedExpr, NegateExpr, NotExpr,
               ArithmeticExpr, CompareExpr, LogicExpr, ChoiceExpr, CallExpr, RangeExpr, IndexExpr,
               FieldExpr, MemberExpr, ArrayExpr, TupleExpr, ToTimeExpr, ToStepsExpr>
      node;
  Place place{};
};

}  // namespace bouton::runtime
