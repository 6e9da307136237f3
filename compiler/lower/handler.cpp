#include "compiler/lower/handler.h"

#include "compiler/base/check.h"
#include "compiler/base/match.h"

namespace bouton::lower {

namespace {

using model::BinaryOp;

BinaryOp arithmetic_of(model::AssignOp op) {
  switch (op) {
    case model::AssignOp::Add:
      return BinaryOp::Add;
    case model::AssignOp::Subtract:
      return BinaryOp::Subtract;
    case model::AssignOp::Multiply:
      return BinaryOp::Multiply;
    case model::AssignOp::Divide:
      return BinaryOp::Divide;
    case model::AssignOp::Set:
      break;
  }
  BOUTON_UNREACHABLE("assignment operator");
}

}  // namespace

HandlerLowerer::HandlerLowerer(const Names& outer,
                               const std::map<model::SymbolId, plan::ColumnId>& columns,
                               Emitter& emit)
    : columns_(columns), emit_(emit), outer_(outer), names_(outer) {
  names_.value = [this](model::SymbolId symbol, source::Span span) {
    return value_of(symbol, span);
  };
}

Value HandlerLowerer::value_of(model::SymbolId symbol, source::Span span) {
  const auto changed = values_.find(symbol);
  return changed == values_.end() ? outer_.value(symbol, span) : changed->second;
}

model::Kind HandlerLowerer::kind_of(model::SymbolId symbol) const {
  return (*outer_.scope)[symbol].type.kind;
}

void HandlerLowerer::lower(const model::HandlerBody& body) {
  for (const model::HandlerStmt& stmt : body)
    match(
        stmt.node,
        [&](const model::HandlerAssign& node) { assign(node.target, node.op, node.value); },
        [&](const model::HandlerLet& let) {
          values_[let.symbol] = lower_expression(let.value, names_, emit_);
        },
        [&](const model::HandlerIf& choice) { lower(choice); });
}

void HandlerLowerer::assign(model::SymbolId target, model::AssignOp op, const model::Expr& value) {
  if (op == model::AssignOp::Set) {
    values_[target] = lower_expression(value, names_, emit_);
    return;
  }
  const Value change = lower_number(value, names_, emit_);
  values_[target] = emit_.calculate(arithmetic_of(op), value_of(target, value.span), change);
}

void HandlerLowerer::lower(const model::HandlerIf& choice) {
  const Value condition = lower_expression(choice.condition, names_, emit_);
  if (const auto* known = constant_of<bool>(condition))
    return lower(*known ? choice.when_true : choice.when_false);
  load_targets(choice.when_true);
  load_targets(choice.when_false);
  const Values when_true = branch(condition, choice.when_true);
  const Values when_false = branch(emit_.negation(condition), choice.when_false);
  for (auto& [symbol, value] : values_)
    value = emit_.choose(condition, when_true.at(symbol), when_false.at(symbol), kind_of(symbol));
}

void HandlerLowerer::lower_where(const Value& condition, const model::HandlerBody& body) {
  load_targets(body);
  const Values changed = branch(condition, body);
  for (auto& [symbol, value] : values_)
    value = emit_.choose(condition, changed.at(symbol), value, kind_of(symbol));
}

// The values after a body of which nothing is left in `values_`.
HandlerLowerer::Values HandlerLowerer::branch(const Value& condition,
                                              const model::HandlerBody& body) {
  const Values before = values_;
  emit_.open_condition(condition);
  lower(body);
  emit_.close_condition();
  Values after = before;
  for (auto& [symbol, value] : after) value = values_.at(symbol);
  values_ = before;
  return after;
}

// Both branches of an `if` change the value that was there before it.
void HandlerLowerer::load_targets(const model::HandlerBody& body) {
  for (const model::HandlerStmt& stmt : body) {
    if (const auto* node = std::get_if<model::HandlerAssign>(&stmt.node)) {
      if (!values_.contains(node->target))
        values_[node->target] = outer_.value(node->target, stmt.span);
    } else if (const auto* choice = std::get_if<model::HandlerIf>(&stmt.node)) {
      load_targets(choice->when_true);
      load_targets(choice->when_false);
    }
  }
}

void HandlerLowerer::store() {
  for (const auto& [symbol, value] : values_) {
    const auto column = columns_.find(symbol);
    if (column == columns_.end()) continue;  // a `let`
    const bool is_truth = kind_of(symbol) == model::Kind::Boolean;
    emit_.kernel().store(column->second, is_truth ? emit_.truth(value) : emit_.real(value));
  }
}

}  // namespace bouton::lower
