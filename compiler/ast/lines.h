// The middle of printing: a file as lines made of text, parameter lists and braces that hold
// further lines, before anything is decided about width. The formatter and the dump lay out the
// same lines; they differ in how expressions are written.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "compiler/ast/decl.h"

namespace bouton::ast {

struct Line;

struct Braces {
  const BraceLayout* layout = nullptr;
  std::vector<Line> lines;
};

struct ListElement {
  const Trivia* trivia = nullptr;
  std::string text;
};

// `(a, b)`
struct ParameterList {
  std::vector<ListElement> elements;
};

struct Line {
  using Piece = std::variant<std::string, ParameterList, Braces>;
  const Trivia* trivia = nullptr;
  std::vector<Piece> pieces;  // to be set side by side; texts bring their own blanks
};

using ExpressionStyle = std::string (*)(const Expr&);

// The lines point into the tree.
[[nodiscard]] Line build_line(const Declaration& declaration, ExpressionStyle style);
[[nodiscard]] Line build_line(const Statement& statement, ExpressionStyle style);
[[nodiscard]] Line build_line(const Item& item, ExpressionStyle style);

[[nodiscard]] Braces build_braces(const Block& block, ExpressionStyle style);

}  // namespace bouton::ast
