// Expressions as text, in the two forms the folder knows: as the formatter writes them, and as the
// dump shows their structure.
#pragma once

#include <string>

#include "compiler/ast/expr.h"

namespace bouton::ast {

// Canonical spelling: the parentheses that were written, and those that are needed.
[[nodiscard]] std::string print_expression(const Expr& expr);

// `(+ a (* b c))`: every node with its operands, no precedence to know.
[[nodiscard]] std::string dump_expression(const Expr& expr);

// A string literal with its quotes and escapes.
[[nodiscard]] std::string quote(const std::string& value);
[[nodiscard]] std::string print_number(const Number& number);

}  // namespace bouton::ast
