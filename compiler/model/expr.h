// Typed expressions. Names are resolved, conversions between time and steps are explicit, numbers
// are in coherent units.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/base/box.h"
#include "compiler/model/ids.h"
#include "compiler/model/type.h"
#include "compiler/source/span.h"

namespace bouton::model {

struct Expr;

struct Number {
  double value = 0;
};  // coherent units
struct Truth {
  bool value = false;
};
struct Text {
  std::string value;
};

// The value of a symbol of the enclosing declaration. For a state x this is x(k), for `w` w(k).
struct Ref {
  SymbolId symbol;
};
// prev(q): the value one step ago.
struct Previous {
  SymbolId symbol;
};
// x': of a state its right-hand side at this step, of an algebraic variable (y - prev(y))/timestep.
struct Slope {
  SymbolId symbol;
};

enum class Side : std::uint8_t { Pre, Post };
// pre.x, post.x, prev(pre.x) and post.x' in a rule. The name is looked up in the neuron type at
// each projection that learns by the rule (elaborate reports the position of both). `spiked` is a
// field like any other.
struct PartnerField {
  enum class Form : std::uint8_t { Value, Previous, Slope };
  Side side = Side::Pre;
  std::string field;
  Form form = Form::Value;
};

enum class UnaryOp : std::uint8_t { Negate, Not };
struct Unary {
  UnaryOp op;
  Box<Expr> operand;
};

// On two Steps, Add, Subtract and the comparisons are integer operations; every other mix has been
// converted by ToTime/ToSteps.
enum class BinaryOp : std::uint8_t {
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
struct Binary {
  BinaryOp op;
  Box<Expr> left;
  Box<Expr> right;
};

struct Choice {  // if c: a else: b
  Box<Expr> condition;
  Box<Expr> when_true;
  Box<Expr> when_false;
};

// A function as the value of a function-valued parameter: `phi: function = logistic`.
struct FunctionValue {
  std::variant<BuiltinId, FunctionId> function;
};

// Where the random numbers of a call come from (SEMANTICS 20): the qualified name of the assigned
// thing with the values of its indices, or of the experiment; `ordinal` counts the calls of that
// site in the text.
struct RandomSite {
  std::string name;
  std::vector<Expr> indices;
  int ordinal = 0;
};

struct NamedArgument {
  std::string name;
  Box<Expr> value;
};

// A call of a builtin, of a user function, or of a function-valued parameter.
struct Call {
  std::variant<BuiltinId, FunctionId, SymbolId> callee;
  std::vector<Expr> arguments;          // positional; complete and in the order of the declaration
  std::vector<NamedArgument> named;     // builtins only: `seed = …`, `at = …`
  bool derivative = false;              // f'(x)
  std::optional<Box<RandomSite>> site;  // random builtins only
};

struct ToSteps {
  Box<Expr> duration;
};  // Real time -> Steps; an error where it is no multiple of timestep (to 1e-9)
struct ToTime {
  Box<Expr> steps;
};  // Steps -> Real: k * timestep

// Only in experiments, functions of arrays and defaults:
struct ArrayLiteral {
  std::vector<Expr> elements;
};
struct TupleLiteral {
  std::vector<Expr> elements;
};
struct Range {  // both ends included; whole numbers unless `by` is given
  Box<Expr> first;
  Box<Expr> last;
  std::optional<Box<Expr>> by;
};
struct Index {  // base[i, j, a .. b]; an index that is a Range is a slice
  Box<Expr> base;
  std::vector<Expr> indices;
};
struct RecordField {
  Box<Expr> base;
  std::string field;
};
// A variable of a population, a projection or one of its rules, as the experiment names it:
// `z.bias`, `W.w`, `W.hebb.c`, `net.pyr[l].u`. `circuit` and `owner` are symbols of the experiment
// (or `owner` of the circuit's scope when `circuit` is set); `variable` is a symbol name of the
// neuron, synapse or rule.
struct Quantity {
  std::optional<SymbolId> circuit;
  SymbolId owner;
  std::vector<Expr> family_indices;
  std::optional<std::string> rule;
  std::string variable;
};

struct Expr {
  source::Span span;
  Type type;
  std::variant<Number, Truth, Text, Ref, Previous, Slope, PartnerField, Unary, Binary, Choice, Call,
               FunctionValue, ToSteps, ToTime, ArrayLiteral, TupleLiteral, Range, Index,
               RecordField, Quantity>
      node;
};

}  // namespace bouton::model
