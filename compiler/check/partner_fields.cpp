#include "compiler/check/partner_fields.h"

#include <fmt/format.h>

#include <string>

namespace bouton::check {

using diagnostics::Kind;

namespace {

std::optional<model::Side> side_of(std::string_view name) {
  if (name == "pre") return model::Side::Pre;
  if (name == "post") return model::Side::Post;
  return std::nullopt;
}

Type type_of_field(const std::string& name, Wanted wanted, Context& context) {
  if (name == "spiked") return of_kind(model::Kind::Boolean);
  if (name == "since_spike") return of_kind(model::Kind::Steps);
  if (name == "spike_probability") return real(units::kNone);
  if (wanted == Wanted::Condition) return of_kind(model::Kind::Boolean);
  return real(context.solver.fresh());
}

const FieldInterface& find_or_add(model::Side side, const ast::Identifier& name, source::Span span,
                                  Wanted wanted, std::vector<FieldInterface>& fields,
                                  Context& context) {
  for (const FieldInterface& field : fields)
    if (field.side == side && field.name == name.text) return field;
  fields.push_back({side, name.text, span, type_of_field(name.text, wanted, context), false});
  return fields.back();
}

// The name a chain of fields and indices begins with.
const ast::Identifier* root_of(const ast::Expr& expr) {
  const ast::Expr* at = &expr;
  while (true) {
    if (const auto* name = std::get_if<ast::Name>(&at->node)) return &name->name;
    if (const auto* field = std::get_if<ast::Field>(&at->node))
      at = &*field->object;
    else if (const auto* index = std::get_if<ast::Index>(&at->node))
      at = &*index->object;
    else
      return nullptr;
  }
}

Typed report_not_local(const ast::Expr& expr, const std::string& root, Context& context) {
  context.diagnostics.report(Kind::NotLocal, expr.span, {root})
      .hint("a rule reads its own synapse, `pre.x`, `post.x` and what it declares `broadcast`");
  return unknown_at(expr.span);
}

std::optional<Typed> read_name(const ast::Expr& expr, const std::string& name, Context& context) {
  if (!side_of(name) || context.names.find(name)) return std::nullopt;
  context.diagnostics
      .report(Kind::NotAValue, expr.span,
              {name, name == "pre" ? "the presynaptic neuron" : "the postsynaptic neuron"})
      .hint(fmt::format("name one of its variables: `{}.x`", name));
  return unknown_at(expr.span);
}

}  // namespace

std::optional<Typed> read_partner_field(const ast::Expr& expr, Wanted wanted,
                                        std::vector<FieldInterface>& fields, Context& context) {
  if (const auto* name = std::get_if<ast::Name>(&expr.node))
    return read_name(expr, name->name.text, context);
  const ast::Identifier* root = root_of(expr);
  if (!root) return std::nullopt;
  const auto* field = std::get_if<ast::Field>(&expr.node);
  const bool direct = field && std::holds_alternative<ast::Name>(field->object->node);
  const auto side = side_of(root->text);
  if (!direct || !side) return report_not_local(expr, root->text, context);
  const FieldInterface& seen = find_or_add(*side, field->field, expr.span, wanted, fields, context);
  return typed(expr.span, model::PartnerField{*side, seen.name, model::PartnerField::Form::Value},
               seen.type, context.solver);
}

}  // namespace bouton::check
