#include "compiler/check/names.h"

namespace bouton::check {

model::SymbolId Names::declare(std::string name, source::Span span, model::SymbolKind kind,
                               Type type) {
  const model::SymbolId id = scope_.add({std::move(name), span, kind, {}});
  types_.push_back(std::move(type));
  used_.push_back(false);
  visible_.push_back(id);
  return id;
}

model::SymbolId Names::declare_hidden(std::string name, model::SymbolKind kind, Type type) {
  const model::SymbolId id = declare(std::move(name), {}, kind, std::move(type));
  visible_.pop_back();
  return id;
}

std::optional<model::SymbolId> Names::find(std::string_view name) const {
  for (auto id = visible_.rbegin(); id != visible_.rend(); ++id)
    if (scope_[*id].name == name) return *id;
  return std::nullopt;
}

std::vector<std::string> Names::visible_names() const {
  std::vector<std::string> names;
  for (const model::SymbolId id : visible_) names.push_back(scope_[id].name);
  return names;
}

model::Scope Names::to_scope(const DimensionSolver& solver) const {
  model::Scope scope = scope_;
  for (const model::SymbolId id : scope.all().ids())
    scope[id].type = to_model(types_[id.value], solver);
  return scope;
}

}  // namespace bouton::check
