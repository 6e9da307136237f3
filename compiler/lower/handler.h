// Bodies of handlers (`on pair(dt) { … }`, `spike … { … }`): statements in sequence, `if` by
// selection. Assigned variables are loaded once, changed as values and stored at the end.
#pragma once

#include <map>

#include "compiler/lower/expression.h"

namespace bouton::lower {

class HandlerLowerer {
 public:
  // `columns` are the variables that may be assigned; `outer` knows all names, and reads these from
  // their columns.
  HandlerLowerer(const Names& outer, const std::map<model::SymbolId, plan::ColumnId>& columns,
                 Emitter& emit);

  void lower(const model::HandlerBody& body);
  // Where a condition holds only.
  void lower_where(const Value& condition, const model::HandlerBody& body);
  void assign(model::SymbolId target, model::AssignOp op, const model::Expr& value);
  void set(model::SymbolId target, Value value) { values_[target] = value; }
  [[nodiscard]] Value value_of(model::SymbolId symbol, source::Span span);

  void store();

 private:
  using Values = std::map<model::SymbolId, Value>;
  void lower(const model::HandlerIf& choice);
  [[nodiscard]] Values branch(const Value& condition, const model::HandlerBody& body);
  void load_targets(const model::HandlerBody& body);
  [[nodiscard]] model::Kind kind_of(model::SymbolId symbol) const;

  const std::map<model::SymbolId, plan::ColumnId>& columns_;
  Emitter& emit_;
  Names outer_;
  Names names_;    // with the values assigned so far
  Values values_;  // of assigned variables and `let`s
};

}  // namespace bouton::lower
