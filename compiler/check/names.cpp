#include "compiler/check/names.h"

#include <cstdint>
#include <utility>

namespace bouton::check {

model::SymbolId Names::declare(std::string name, source::Span span, model::SymbolKind kind,
                               Type type) {
  const model::SymbolId id{static_cast<std::uint32_t>(symbols_.size())};
  symbols_.push_back({std::move(name), span, kind, {}});
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
    if (symbols_[id->value].name == name) return *id;
  return std::nullopt;
}

std::vector<std::string> Names::visible_names() const {
  std::vector<std::string> names;
  for (const model::SymbolId id : visible_) names.push_back(symbols_[id.value].name);
  return names;
}

std::vector<model::SymbolId> Names::all() const {
  std::vector<model::SymbolId> ids;
  for (std::uint32_t i = 0; i < symbols_.size(); ++i) ids.push_back({i});
  return ids;
}

model::Scope Names::to_scope(const DimensionSolver& solver) const {
  model::Scope scope;
  for (const model::SymbolId id : all()) {
    model::Symbol symbol = symbols_[id.value];
    symbol.type = to_model(types_[id.value], solver);
    scope.add(std::move(symbol));
  }
  return scope;
}

}  // namespace bouton::check
