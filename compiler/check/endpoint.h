// The two ends of a projection: a population, a member of a family or a part of a population, with
// the continuous variable that is sent or the input that receives.
#pragma once

#include <optional>
#include <vector>

#include "compiler/check/quantity.h"

namespace bouton::check {

struct EndpointUse {
  source::Span span;
  OwnerPath owner;
  const Population* population = nullptr;
  std::vector<const PopulationPiece*> pieces;  // that it may mean, without those with an error
  const ast::Expr* part = nullptr;             // `0 .. 3199` of `cells[0 .. 3199]`
  const ast::Identifier* variable = nullptr;
  Type type;  // of the variable; unknown for spikes
};

// Reports what is no population, unknown variables, and neurons that do not spike.
[[nodiscard]] std::optional<EndpointUse> resolve_source(const ast::Projection& projection,
                                                        BodyContext& body);

// Reports what is no input of the target, with a list of those there are.
[[nodiscard]] std::optional<EndpointUse> resolve_target(const ast::Projection& projection,
                                                        BodyContext& body);

[[nodiscard]] model::Endpoint check_endpoint(const EndpointUse& use, BodyContext& body);

// The one type that the variable has in all pieces that have it; unknown where they differ, nothing
// where none has it.
[[nodiscard]] std::optional<Type> type_in_pieces(const std::vector<const PopulationPiece*>& pieces,
                                                 std::string_view variable,
                                                 const DimensionSolver& solver);

}  // namespace bouton::check
