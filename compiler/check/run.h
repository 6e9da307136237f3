// `timestep`, `run` and what a run observes.
#pragma once

#include "compiler/check/body.h"

namespace bouton::check {

void check_timestep(const ast::Timestep& timestep, BodyContext& body);

// Declares the results of the observations.
[[nodiscard]] std::optional<model::Run> check_run(const ast::Run& run, BodyContext& body);

}  // namespace bouton::check
