#include "compiler/check/observation.h"

#include <fmt/format.h>

#include <array>

#include "compiler/check/convert.h"
#include "compiler/check/declare.h"
#include "compiler/check/expr.h"
#include "compiler/check/expr_walk.h"
#include "compiler/check/quantity.h"
#include "compiler/diagnostics/suggest.h"

namespace bouton::check {

namespace {

using diagnostics::Kind;

enum class What { Value, Spiking, States };

struct ReducerFacts {
  std::string_view name;
  model::Reducer reducer;
  What what;
  int added_rank;
  model::Kind kind;
};

constexpr auto kReducers = std::to_array<ReducerFacts>({
#define BOUTON_REDUCER(name, reducer, what, added_rank, kind, summary) \
  {#name, model::Reducer::reducer, What::what, added_rank, model::Kind::kind},
#include "compiler/check/reducers.def"
#undef BOUTON_REDUCER
});

const ReducerFacts* find_reducer(std::string_view name) {
  for (const ReducerFacts& facts : kReducers)
    if (facts.name == name) return &facts;
  return nullptr;
}

// The call of a reducer with its one argument; reports anything else.
const ReducerFacts* check_reducer(const ast::Expr& expr, BodyContext& body) {
  auto& diagnostics = body.context.diagnostics;
  std::vector<std::string> names;
  for (const ReducerFacts& facts : kReducers) names.emplace_back(facts.name);
  const auto* call = std::get_if<ast::Call>(&expr.node);
  if (call == nullptr) {
    diagnostics.report(Kind::ObservationWithoutReducer, expr.span)
        .hint(fmt::format("one of `{}`", fmt::join(names, "`, `")));
    return nullptr;
  }
  const ReducerFacts* facts = find_reducer(call->function.text);
  if (facts == nullptr) {
    std::string hint = diagnostics::suggest_hint(call->function.text, names);
    if (hint.empty()) hint = fmt::format("one of `{}`", fmt::join(names, "`, `"));
    diagnostics.report(Kind::UnknownReducer, call->function.span, {call->function.text}).hint(hint);
    return nullptr;
  }
  if (call->arguments.size() == 1 && !call->arguments.front().name) return facts;
  diagnostics.report(Kind::ReducerArguments, expr.span, {call->function.text});
  return nullptr;
}

// `count(z)`: the population itself; the model names its spikes.
std::optional<Typed> check_spiking(const ast::Expr& expr, std::string_view reducer,
                                   BodyContext& body) {
  auto& diagnostics = body.context.diagnostics;
  const auto path = parse_path(expr);
  const bool owner_first = path && starts_with_owner(*path, body);
  const auto owner = owner_first ? resolve_owner(*path, body) : std::nullopt;
  if (owner_first && !owner) return std::nullopt;
  const auto* population = owner ? std::get_if<const Population*>(&owner->owner) : nullptr;
  if (population == nullptr || owner->next != path->steps.size()) {
    diagnostics.report(Kind::ReducerNeedsPopulation, expr.span, {std::string(reducer)});
    return std::nullopt;
  }
  if (owner->family_indices.size() < family_rank_of(*owner)) {
    diagnostics.report(Kind::FamilyWithoutIndex, expr.span, {name_of(*owner)});
    return std::nullopt;
  }
  bool spikes = false;
  const auto pieces = possible_pieces(**population, owner->family_indices);
  for (const PopulationPiece* piece : pieces)
    spikes = spikes || piece->neuron == nullptr || piece->neuron->spikes;
  if (!spikes && !pieces.empty())
    diagnostics
        .report(Kind::CountOfSilent, expr.span,
                {std::string(reducer), pieces.front()->neuron->name})
        .other(pieces.front()->neuron->span, "declared here without `spike`");
  model::Quantity quantity{owner->circuit, (*population)->symbol,
                           check_family_indices(*owner, body), std::nullopt, "spiked"};
  return typed(expr.span, std::move(quantity), of_kind(model::Kind::Boolean, 1),
               body.context.solver);
}

std::optional<Typed> check_states(const ast::Expr& expr, std::string_view reducer,
                                  BodyContext& body) {
  Typed value = check_expr(expr, body.context, Wanted::Condition);
  if (is_unknown(value.type)) return std::nullopt;
  const bool fits = std::holds_alternative<model::Quantity>(value.expr.node) &&
                    is_kind(value.type, model::Kind::Boolean) && value.type.rank.value_or(1) == 1;
  if (fits) return value;
  body.context.diagnostics.report(Kind::ReducerNeedsStates, expr.span, {std::string(reducer)})
      .label(describe(value.type, body.context.solver));
  return std::nullopt;
}

// Values are observed as they are, times as times. Truth values count as 1 and 0.
std::optional<Typed> check_value(const ast::Expr& expr, const ReducerFacts& facts,
                                 BodyContext& body) {
  Typed value = to_time(check_expr(expr, body.context), body.context);
  if (is_unknown(value.type)) return std::nullopt;
  if (!is_kind(value.type, model::Kind::Real) && !is_kind(value.type, model::Kind::Boolean)) {
    body.context.diagnostics.report(Kind::WrongType, expr.span,
                                    {fmt::format("what `{}` reads", facts.name), "a number",
                                     describe(value.type, body.context.solver)});
    return std::nullopt;
  }
  bool changes = false;
  walk(value.expr, [&](const model::Expr& part) {
    changes = changes || std::holds_alternative<model::Quantity>(part.node);
  });
  if (!changes) body.context.diagnostics.report(Kind::ObservationOfConstant, expr.span);
  return value;
}

std::optional<Typed> check_what(const ast::Expr& expr, const ReducerFacts& facts,
                                BodyContext& body) {
  switch (facts.what) {
    case What::Value:
      return check_value(expr, facts, body);
    case What::Spiking:
      return check_spiking(expr, facts.name, body);
    case What::States:
      return check_states(expr, facts.name, body);
  }
  BOUTON_UNREACHABLE("all forms are listed");
}

Type type_of_result(const ReducerFacts& facts, const Type& what) {
  if (facts.kind == model::Kind::Spikes) return of_kind(model::Kind::Spikes, 1);
  if (facts.what != What::Value) return real(units::kNone, 1);
  const bool sampled =
      facts.reducer == model::Reducer::Samples || facts.reducer == model::Reducer::Last;
  Type result = what;
  if (!sampled && is_kind(what, model::Kind::Boolean)) result = real(units::kNone, what.rank);
  if (facts.reducer == model::Reducer::Variance) result.dimension = what.dimension * what.dimension;
  if (result.rank) result.rank = *result.rank + facts.added_rank;
  return result;
}

std::optional<model::Observation> check_observation(const ast::Observation& syntax,
                                                    BodyContext& body, Type& result) {
  const ReducerFacts* facts = check_reducer(syntax.value, body);
  std::optional<Typed> what;
  if (facts != nullptr) {
    const auto& call = std::get<ast::Call>(syntax.value.node);
    what = check_what(call.arguments.front().value, *facts, body);
  }
  std::optional<model::Expr> every;
  std::optional<model::Expr> after;
  if (syntax.every) every = check_duration(*syntax.every, "`every`", body.context).expr;
  if (syntax.after) after = check_duration(*syntax.after, "`after`", body.context).expr;
  if (!what) return std::nullopt;
  if (every && facts->what == What::Spiking)
    body.context.diagnostics.report(Kind::EveryOfSpikes, syntax.every->span,
                                    {std::string(facts->name)});
  result = type_of_result(*facts, what->type);
  return model::Observation{syntax.span, {}, facts->reducer, std::move(what->expr), every, after};
}

}  // namespace

std::vector<model::Observation> check_observing(const ast::Observing& observing,
                                                BodyContext& body) {
  std::vector<model::Observation> result;
  std::vector<Type> types(observing.observations.size(), unknown_type());
  std::vector<std::optional<model::Observation>> checked;
  for (std::size_t i = 0; i < types.size(); ++i)
    checked.push_back(check_observation(observing.observations[i], body, types[i]));
  // The names are there only after the run.
  for (std::size_t i = 0; i < types.size(); ++i) {
    const auto symbol = declare_name(observing.observations[i].name, model::SymbolKind::RunResult,
                                     types[i], body.context);
    if (!checked[i]) continue;
    checked[i]->result = symbol;
    result.push_back(std::move(*checked[i]));
  }
  return result;
}

}  // namespace bouton::check
