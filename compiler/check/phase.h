// Phases: who learns, what is silent, and the parameter values of one kind of run.
#pragma once

#include <vector>

#include "compiler/check/body.h"

namespace bouton::check {

[[nodiscard]] std::optional<model::PhaseDecl> check_phase(const ast::Phase& phase,
                                                          BodyContext& body);

// One for each target. A projection without rules cannot learn.
[[nodiscard]] std::vector<model::Learn> check_learn(const ast::Learn& learn, BodyContext& body);
[[nodiscard]] std::vector<model::Silence> check_silence(const ast::Silence& silence,
                                                        BodyContext& body);

}  // namespace bouton::check
