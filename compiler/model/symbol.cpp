#include "compiler/model/symbol.h"

namespace bouton::model {

std::optional<SymbolId> Scope::find(std::string_view name) const {
  std::optional<SymbolId> found;
  for (const SymbolId id : symbols_.ids())
    if (symbols_[id].name == name) found = id;
  return found;
}

}  // namespace bouton::model
