// Changing expressions wherever they stand in statements: names of a circuit become those of the
// experiment, loop variables become numbers, members of families become known.
#pragma once

#include <functional>

#include "compiler/model/experiment.h"

namespace bouton::elaborate {

// Calls `change` for the expression and then for everything inside what it has become.
using Change = std::function<void(model::Expr&)>;
void rewrite(model::Expr& expr, const Change& change);

// Every expression of a statement, outermost first; of `for`, `if` and `every` those of their
// bodies too. What `replay`, `reset`, `learn` and `silence` name are no expressions: only their
// indices are.
void rewrite(model::Stmt& stmt, const Change& change);
void rewrite(model::Body& body, const Change& change);
// As `rewrite`, without the bodies of `for`, `if` and `every`.
void rewrite_head(model::Stmt& stmt, const Change& change);

}  // namespace bouton::elaborate
