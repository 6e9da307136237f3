// Statements that handlers and experiments share: local names, assignment, control flow, blocks.
//
// Statement itself, which lists all of them, is in experiment.h; which statement may stand where is
// the checker's business.
#pragma once

#include <optional>
#include <vector>

#include "compiler/ast/expr.h"
#include "compiler/ast/trivia.h"

namespace bouton::ast {

struct Statement;

// The layout a pair of braces was written in: kept by the formatter, without meaning.
struct BraceLayout {
  bool one_line = false;
  std::optional<Comment> after_opening;  // on the line of `{`
  std::vector<Comment> before_closing;   // after the last line of the body
};

struct Block {
  std::vector<Statement> statements;
  BraceLayout layout;
  Span span;
};

// `let name = value`, constant.
struct Let {
  Identifier name;
  Expr value;
};

// `var name = value`, may be assigned.
struct Var {
  Identifier name;
  Expr value;
};

enum class AssignmentOp { Set, Add, Subtract, Multiply, Divide };

// `target = value`, `target += value`, … The target is a Name with any Fields and Indices.
struct Assignment {
  Expr target;
  AssignmentOp op = AssignmentOp::Set;
  Span op_span;
  Expr value;
};

struct IfBranch {
  Expr condition;
  Block body;
};

// `if c { } else if d { } else { }`: the first branch is the `if`, every further one an `else if`.
struct If {
  std::vector<IfBranch> branches;
  std::optional<Block> otherwise;
};

// `for x in sequence { }` or `for (x, y) in sequence { }`: the names bound by one element.
struct For {
  std::vector<Identifier> names;
  Expr sequence;
  Block body;
};

struct Break {};

[[nodiscard]] const char* spelling_of(AssignmentOp op);

}  // namespace bouton::ast
