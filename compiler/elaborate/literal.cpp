#include "compiler/elaborate/literal.h"

#include "compiler/base/match.h"
#include "runtime/tensor/access.h"

namespace bouton::elaborate {

namespace {

using runtime::Value;

model::Type element_type(model::Type type) {
  if (type.rank && *type.rank > 0) --*type.rank;
  return type;
}

std::vector<model::Expr> literals_of_items(const Value& value, const model::Type& type,
                                           source::Span span) {
  std::vector<model::Expr> items;
  const auto count = runtime::length_of(value);
  for (std::size_t i = 0; i < *count; ++i)
    items.push_back(literal_of(*runtime::item_of(value, i), type, span));
  return items;
}

model::Expr literal_of_tensor(const runtime::Tensor& tensor, const model::Type& type,
                              source::Span span) {
  if (tensor.is_scalar()) return {span, type, model::Number{tensor.scalar()}};
  return {span, type,
          model::ArrayLiteral{literals_of_items(Value(tensor), element_type(type), span)}};
}

}  // namespace

model::Expr literal_of(const Value& value, const model::Type& type, source::Span span) {
  return match(
      value.node,
      [&](const runtime::Tensor& tensor) { return literal_of_tensor(tensor, type, span); },
      [&](bool truth) -> model::Expr { return {span, type, model::Truth{truth}}; },
      [&](const std::string& text) -> model::Expr { return {span, type, model::Text{text}}; },
      [&](const runtime::List&) -> model::Expr {
        return {span, type, model::TupleLiteral{literals_of_items(value, type, span)}};
      },
      [](const runtime::Record&) -> model::Expr { BOUTON_UNREACHABLE("a record as a literal"); },
      [](const runtime::SpikeList&) -> model::Expr { BOUTON_UNREACHABLE("spikes as a literal"); });
}

}  // namespace bouton::elaborate
