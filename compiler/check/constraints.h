// `clip`, `normalise` and `reset`.
#pragma once

#include "compiler/check/assign.h"

namespace bouton::check {

[[nodiscard]] std::optional<model::Clip> check_clip(const ast::Clip& clip, BodyContext& body);
[[nodiscard]] std::optional<model::Normalise> check_normalise(const ast::Normalise& normalise,
                                                              BodyContext& body);
[[nodiscard]] std::optional<model::Reset> check_reset(const ast::Reset& reset, BodyContext& body);

}  // namespace bouton::check
