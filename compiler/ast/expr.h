// Expressions, as written: nothing is resolved, no unit is looked up, no constant folded.
//
// Parentheses leave no node: `Expr::parenthesised` remembers them, and the span then includes them.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/ast/name.h"
#include "compiler/base/box.h"

namespace bouton::ast {

struct Expr;

// `ms^2` in `2 ms^2`.
struct UnitPower {
  Identifier unit;
  int exponent = 1;
  Span span;
};

// `5`, `0.03`, `1e-5`, `2 ms^2`. `spelling` is the literal without its unit.
struct Number {
  std::string spelling;
  double value = 0;
  bool integer = false;  // written without point and exponent
  std::optional<UnitPower> unit;
};

// `"sal"`; `value` has its escapes replaced.
struct Text {
  std::string value;
};

struct Boolean {
  bool value = false;
};

struct Name {
  Identifier name;
};

// `object.field`
struct Field {
  Box<Expr> object;
  Identifier field;
};

// `object[subscripts]`; a subscript may be a Range (a slice).
struct Index {
  Box<Expr> object;
  std::vector<Expr> subscripts;
};

// `first .. last by step`, both ends included. Stands only in subscripts, after `in`, and in sweep
// axes.
struct Range {
  Box<Expr> first;
  Box<Expr> last;
  std::optional<Box<Expr>> step;
};

enum class UnaryOp { Negate, Not };

struct Unary {
  UnaryOp op = UnaryOp::Negate;
  Span op_span;
  Box<Expr> operand;
};

enum class BinaryOp { Add, Subtract, Multiply, Divide, Modulo, Power };

struct Binary {
  BinaryOp op = BinaryOp::Add;
  Span op_span;
  Box<Expr> left;
  Box<Expr> right;
};

enum class ComparisonOp { Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual };

// Comparisons do not chain: neither operand is an unparenthesised comparison.
struct Comparison {
  ComparisonOp op = ComparisonOp::Equal;
  Span op_span;
  Box<Expr> left;
  Box<Expr> right;
};

enum class LogicalOp { And, Or };

struct Logical {
  LogicalOp op = LogicalOp::And;
  Span op_span;
  Box<Expr> left;
  Box<Expr> right;
};

// `if condition: then else: otherwise`
struct IfElse {
  Box<Expr> condition;
  Box<Expr> then;
  Box<Expr> otherwise;
};

// `value` or `name = value`
struct Argument;

// `function(arguments)`; `f'(x)` is the call of the derivative of f.
struct Call {
  Identifier function;
  bool derivative = false;
  std::vector<Argument> arguments;
};

// `[a, b]`
struct ArrayLiteral {
  std::vector<Expr> elements;
};

// `(a, b)`, two elements or more
struct Tuple {
  std::vector<Expr> elements;
};

// `x'`: the operand is a Name or a Field.
struct Prime {
  Box<Expr> operand;
};

struct Expr {
  using Node = std::variant<Number, Text, Boolean, Name, Field, Index, Range, Unary, Binary,
                            Comparison, Logical, IfElse, Call, ArrayLiteral, Tuple, Prime>;
  Span span;
  Node node;
  bool parenthesised = false;
};

struct Argument {
  std::optional<Identifier> name;
  Expr value;
  Span span;
};

// `Sampler(tau_ref)`: the use of a neuron, synapse, rule or circuit with its arguments.
struct Instantiation {
  Identifier definition;
  std::vector<Argument> arguments;
  Span span;
};

// `[lower, upper]` of `bound` and `clip`.
struct Interval {
  Expr lower;
  Expr upper;
  Span span;
};

// How an operator is written (`+`, `mod`, `<=`, `and`).
[[nodiscard]] const char* spelling_of(UnaryOp op);
[[nodiscard]] const char* spelling_of(BinaryOp op);
[[nodiscard]] const char* spelling_of(ComparisonOp op);
[[nodiscard]] const char* spelling_of(LogicalOp op);

}  // namespace bouton::ast
