// `if`, `for`, `every`, and which statement may stand where.
#pragma once

#include "compiler/check/body.h"

namespace bouton::check {

// Reports a statement that does not belong in a circuit, a phase or an experiment.
[[nodiscard]] bool check_may_stand(const ast::Statement& statement, BodyContext& body);

[[nodiscard]] std::optional<model::If> check_if(const ast::If& statement, BodyContext& body);
[[nodiscard]] std::optional<model::For> check_for(const ast::For& statement, BodyContext& body);

// `every n { }` counts the turns of the `for` around it.
[[nodiscard]] std::optional<model::Every> check_every(const ast::Every& statement,
                                                      source::Span span, BodyContext& body);

}  // namespace bouton::check
