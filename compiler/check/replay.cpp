#include "compiler/check/replay.h"

#include "compiler/check/convert.h"
#include "compiler/check/expr.h"
#include "compiler/check/operators.h"
#include "compiler/check/quantity.h"

namespace bouton::check {

namespace {

using diagnostics::Kind;

bool is_noise(const std::vector<const PopulationPiece*>& pieces, std::string_view name) {
  for (const PopulationPiece* piece : pieces) {
    if (piece->neuron == nullptr) return true;
    const Variable* variable = find_variable(piece->neuron->variables, name);
    if (variable != nullptr && variable->kind == model::SymbolKind::Noise) return true;
  }
  return false;
}

bool any_spikes(const std::vector<const PopulationPiece*>& pieces) {
  for (const PopulationPiece* piece : pieces)
    if (piece->neuron == nullptr || piece->neuron->spikes) return true;
  return false;
}

// The random numbers of one population: `z.spike` or a noise.
std::optional<model::Quantity> check_source_of_numbers(const ast::Expr& expr, BodyContext& body) {
  const auto path = parse_path(expr);
  const auto refuse = [&]() -> std::optional<model::Quantity> {
    body.context.diagnostics.report(Kind::ReplayOfOther, expr.span)
        .hint("name the `spike` or a noise of a population");
    return std::nullopt;
  };
  if (!path || !starts_with_owner(*path, body)) return refuse();
  const auto owner = resolve_owner(*path, body);
  if (!owner) return std::nullopt;
  const auto* population = std::get_if<const Population*>(&owner->owner);
  const ast::Identifier* variable = field_at(*path, owner->next);
  if (population == nullptr || variable == nullptr || owner->next + 1 != path->steps.size())
    return refuse();
  const auto pieces = possible_pieces(**population, owner->family_indices);
  const bool fits =
      variable->text == "spike" ? any_spikes(pieces) : is_noise(pieces, variable->text);
  if (!fits) return refuse();
  return model::Quantity{owner->circuit, (*population)->symbol, check_family_indices(*owner, body),
                         std::nullopt, variable->text};
}

}  // namespace

std::optional<model::Replay> check_replay(const ast::Replay& replay, BodyContext& body) {
  auto what = check_source_of_numbers(replay.target, body);
  Typed tape = check_as(replay.tape, real(units::kNone, std::nullopt), "a tape", body.context);
  if (!what) return std::nullopt;
  return model::Replay{std::move(*what), std::move(tape.expr)};
}

std::optional<model::Expect> check_expect(const ast::Expect& expect, BodyContext& body) {
  body.has_results = true;
  Context& context = body.context;
  const auto* comparison = std::get_if<ast::Comparison>(&expect.condition.node);
  const bool equality = comparison != nullptr && comparison->op == ast::ComparisonOp::Equal;
  if (!equality) {
    if (expect.within)
      context.diagnostics.report(Kind::WithinNeedsEquality, expect.within->span)
          .other(expect.condition.span, "this is no `==`");
    return model::Expect{check_condition(expect.condition, "`expect`", context).expr, std::nullopt,
                         std::nullopt};
  }
  Typed actual = check_expr(*comparison->left, context);
  Typed expected = check_expr(*comparison->right, context);
  if (!make_alike(actual, expected, "compare", context)) return std::nullopt;
  model::Expect result{std::move(actual.expr), std::move(expected.expr), std::nullopt};
  if (!expect.within) return result;
  Type place = is_kind(actual.type, model::Kind::Steps) ? real(units::kTime) : actual.type;
  place.rank = is_unknown(place) ? place.rank : 0;
  result.within = check_as(*expect.within, place, "the tolerance", context).expr;
  return result;
}

}  // namespace bouton::check
