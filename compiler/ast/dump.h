// `--emit=ast`: the tree, one node per line, indented by depth. Holds everything that has a meaning
// and the comments, and neither positions nor layout: two files with equal dumps are the same
// program.
#pragma once

#include <string>

#include "compiler/ast/decl.h"

namespace bouton::ast {

[[nodiscard]] std::string dump(const File& file);

}  // namespace bouton::ast
