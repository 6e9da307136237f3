#include "compiler/check/interfaces.h"

namespace bouton::check {

const Variable* find_variable(const std::vector<Variable>& variables, std::string_view name) {
  for (const Variable& variable : variables)
    if (variable.name == name) return &variable;
  return nullptr;
}

}  // namespace bouton::check
