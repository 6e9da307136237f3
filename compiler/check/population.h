// Populations, circuit instances and the indices of families.
#pragma once

#include "compiler/check/body.h"

namespace bouton::check {

// Declares the variables of `[l in 1 .. L-1]`; the caller closes their block (Names::open_block).
[[nodiscard]] std::vector<model::FamilyIndex> check_family(
    const std::vector<ast::FamilyIndex>& family, BodyContext& body);

// Nothing where the first pass refused the declaration.
[[nodiscard]] std::optional<model::PopulationDecl> check_population(
    const ast::Population& population, BodyContext& body);
[[nodiscard]] std::optional<model::CircuitInstance> check_circuit_instance(
    const ast::CircuitInstance& instance, BodyContext& body);

}  // namespace bouton::check
