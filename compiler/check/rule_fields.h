// A rule at one projection: the dimension of its `w`, the fields it reads from both partners, and
// the spikes it waits for must be there.
#pragma once

#include "compiler/check/endpoint.h"

namespace bouton::check {

// Messages name the rule and the projection.
void fit_rule(const RuleUse& use, const ast::Learning& learning, const ProjectionPiece& piece,
              const std::optional<EndpointUse>& source, const std::optional<EndpointUse>& target,
              Instance& instance, BodyContext& body);

}  // namespace bouton::check
