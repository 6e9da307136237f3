// The formatter (`bouton fmt`): a tree back to text in the one canonical layout.
//
// Two columns of indentation, 100 columns of width, one statement per line, except in blocks that
// were written on one line and still fit. Comments and single blank lines are kept. Parsing the
// result gives the same tree; printing that gives the same text.
#pragma once

#include <string>

#include "compiler/ast/decl.h"

namespace bouton::ast {

[[nodiscard]] std::string print(const File& file);

// One expression on one line, for messages and reports.
[[nodiscard]] std::string print(const Expr& expr);

}  // namespace bouton::ast
