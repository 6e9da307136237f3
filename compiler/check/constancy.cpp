#include "compiler/check/constancy.h"

#include <fmt/format.h>

#include "compiler/check/names_in_words.h"
#include "compiler/model/children.h"

namespace bouton::check {

namespace {

using model::SymbolKind;

bool is_constant(SymbolKind kind) {
  return kind == SymbolKind::Parameter || kind == SymbolKind::Timestep ||
         kind == SymbolKind::Constant || kind == SymbolKind::SpikeAge;
}

std::optional<model::SymbolId> symbol_of(const model::Expr& expr) {
  if (const auto* ref = std::get_if<model::Ref>(&expr.node)) return ref->symbol;
  if (const auto* previous = std::get_if<model::Previous>(&expr.node)) return previous->symbol;
  if (const auto* slope = std::get_if<model::Slope>(&expr.node)) return slope->symbol;
  return std::nullopt;
}

// The first changing subexpression, in words; empty if there is none.
std::string find_changing(const model::Expr& expr, source::Span& where, const Context& context) {
  if (const auto symbol = symbol_of(expr)) {
    const model::Symbol& declared = context.names[*symbol];
    if (is_constant(declared.kind)) return {};
    where = expr.span;
    return fmt::format("`{}` is {}", declared.name, describe(declared.kind));
  }
  if (const auto* field = std::get_if<model::PartnerField>(&expr.node)) {
    where = expr.span;
    return fmt::format("`{}` is a variable of a neuron", field->field);
  }
  std::string found;
  model::for_each_child(expr, [&](const model::Expr& child) {
    if (found.empty()) found = find_changing(child, where, context);
  });
  return found;
}

}  // namespace

void require_constant(const model::Expr& expr, std::string_view what, Context& context) {
  source::Span where;
  const std::string changing = find_changing(expr, where, context);
  if (changing.empty()) return;
  context.diagnostics.report(diagnostics::Kind::NotConstant, where, {std::string(what), changing});
}

}  // namespace bouton::check
