#include "compiler/model/filters.h"

#include "compiler/model/builtins.h"

namespace bouton::model {

const Call* state_filter(const Expr& value) {
  const auto* call = std::get_if<Call>(&value.node);
  const auto* id = call != nullptr ? std::get_if<BuiltinId>(&call->callee) : nullptr;
  if (id == nullptr) return nullptr;
  const std::string_view name = builtin(*id).name;
  return name == "lowpass" || name == "highpass" ? call : nullptr;
}

}  // namespace bouton::model
