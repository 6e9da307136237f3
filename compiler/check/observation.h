// `name = reducer(what) every T after T0`: the reducers are in reducers.def.
#pragma once

#include <vector>

#include "compiler/check/body.h"

namespace bouton::check {

[[nodiscard]] std::vector<model::Observation> check_observing(const ast::Observing& observing,
                                                              BodyContext& body);

}  // namespace bouton::check
