// Expressions of the host program: trees that the runtime evaluates outside of `run` (loop bounds,
// array arithmetic between runs, run lengths, shapes). Numbers are in coherent units, arrays are
// row-major and carry lanes implicitly. Functions are called by the name of a builtin.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/base/box.h"
#include "compiler/plan/ids.h"
#include "compiler/source/span.h"

namespace bouton::plan {

struct HostExpr;

struct HostReal {
  double value = 0;  // rounded once to the plan's precision
};
struct HostInteger {
  std::int64_t value = 0;
};
struct HostTruth {
  bool value = false;
};
struct HostText {
  std::string value;
};
struct HostVariableRead {
  HostVariableId variable;
};
// The whole column as an array of its axes (of a sparse link: one element per synapse; missing
// synapses of a dense one read 0). A view is materialised.
struct ColumnRead {
  Operand operand;
};
// A parameter of the experiment: known when the program starts, the replica's own.
struct ParameterRead {
  ParameterId parameter;
};
// How many steps the last run of this lane took (`elapsed`).
struct ElapsedSteps {};

enum class HostUnaryOp : std::uint8_t { Negate, Not };
struct HostUnary {
  HostUnaryOp op = HostUnaryOp::Negate;
  Box<HostExpr> operand;
};
enum class HostBinaryOp : std::uint8_t {
  Add,
  Subtract,
  Multiply,
  Divide,
  Modulo,
  Power,
  Equal,
  NotEqual,
  Less,
  LessEqual,
  Greater,
  GreaterEqual,
  And,
  Or,
};
// Elementwise on arrays of equal shape, or with one scalar; whole numbers stay whole.
struct HostBinary {
  HostBinaryOp op = HostBinaryOp::Add;
  Box<HostExpr> left;
  Box<HostExpr> right;
};
// Lanes that differ in the condition evaluate only their own branch.
struct HostChoice {
  Box<HostExpr> condition;
  Box<HostExpr> when_true;
  Box<HostExpr> when_false;
};

// Where a call draws its random numbers (SEMANTICS 20): hash of the qualified name, the indices'
// values and the call's ordinal. The counter is the number of times the call was reached. `seed`
// absent: the experiment's.
struct RandomSite {
  std::string name;
  std::vector<HostExpr> indices;
  int ordinal = 0;
  std::optional<Box<HostExpr>> seed;
};
struct HostArgument {
  std::string name;
  Box<HostExpr> value;
};
struct HostCall {
  std::string function;  // a builtin
  std::vector<HostExpr> arguments;
  std::vector<HostArgument> named;
  std::optional<Box<RandomSite>> site;
};

// Bounds of a range are both included, as in the language; also a slice when it stands as an index.
struct HostRange {
  Box<HostExpr> first;
  Box<HostExpr> last;
  std::optional<Box<HostExpr>> by;
};
struct HostIndex {
  Box<HostExpr> base;
  std::vector<HostExpr> indices;
};
// `target.marginals`: a field that a builtin's record defines.
struct HostField {
  Box<HostExpr> base;
  std::string field;
};
// A member of a family whose indices are known when it is reached: the value of the case with these
// indices; an error if there is none, or it has no such variable.
struct HostMember {
  struct Case {
    std::vector<std::int64_t> indices;
    std::optional<Box<HostExpr>> value;
  };
  std::string family;    // as the experiment spells it, `net.pyr`
  std::string variable;  // empty: the member itself
  std::vector<HostExpr> indices;
  std::vector<Case> cases;
};
struct HostArray {
  std::vector<HostExpr> elements;
};
struct HostTuple {
  std::vector<HostExpr> elements;
};
struct ToReal {
  Box<HostExpr> steps;  // k * timestep
};
struct ToSteps {
  Box<HostExpr> duration;  // an error where it is no multiple of the timestep
};

struct HostExpr {
  std::variant<HostReal, HostInteger, HostTruth, HostText, HostVariableRead, ColumnRead,
               ParameterRead, ElapsedSteps, HostUnary, HostBinary, HostChoice, HostCall, HostRange,
               HostIndex, HostField, HostMember, HostArray, HostTuple, ToReal, ToSteps>
      node;
  source::Span span{};
};

// Literals, for lowering and tests.
[[nodiscard]] HostExpr whole(std::int64_t value);
[[nodiscard]] HostExpr real(double value);
[[nodiscard]] HostExpr variable(HostVariableId id);
[[nodiscard]] HostExpr contents(Operand operand);
[[nodiscard]] HostExpr call(std::string function, std::vector<HostExpr> arguments);
[[nodiscard]] HostExpr binary(HostBinaryOp op, HostExpr left, HostExpr right);

}  // namespace bouton::plan
