// The names of one declaration while it is read: which are visible where, what type each has, and
// which were used.
//
// No name hides another (SEMANTICS 7): a block's names disappear at its end and may then be given
// again.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/check/type.h"
#include "compiler/model/symbol.h"

namespace bouton::check {

class Names {
 public:
  // Visible from now on. The caller has looked for a name of that spelling first (declare_name in
  // declare.h reports it).
  model::SymbolId declare(std::string name, source::Span span, model::SymbolKind kind, Type type);
  // A symbol that no name of the text refers to.
  model::SymbolId declare_hidden(std::string name, model::SymbolKind kind, Type type);

  [[nodiscard]] std::optional<model::SymbolId> find(std::string_view name) const;
  [[nodiscard]] const model::Symbol& operator[](model::SymbolId id) const {
    return symbols_[id.value];
  }
  [[nodiscard]] const Type& type(model::SymbolId id) const { return types_[id.value]; }
  void set_type(model::SymbolId id, Type type) { types_[id.value] = std::move(type); }

  void mark_used(model::SymbolId id) { used_[id.value] = true; }
  [[nodiscard]] bool used(model::SymbolId id) const { return used_[id.value]; }

  [[nodiscard]] std::size_t open_block() const { return visible_.size(); }
  void close_block(std::size_t opened) { visible_.resize(opened); }
  [[nodiscard]] std::vector<std::string> visible_names() const;
  [[nodiscard]] std::vector<model::SymbolId> all() const;

  // The model's table of these names, with the dimensions known by now.
  [[nodiscard]] model::Scope to_scope(const DimensionSolver& solver) const;

 private:
  // References to these stay valid while further names are declared: reading an expression may
  // declare one that it misses.
  std::deque<model::Symbol> symbols_;
  std::deque<Type> types_;
  std::vector<bool> used_;
  std::vector<model::SymbolId> visible_;
};

}  // namespace bouton::check
