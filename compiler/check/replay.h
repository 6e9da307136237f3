// `replay` and `expect`: runs with recorded random numbers, and what must come out.
#pragma once

#include "compiler/check/body.h"

namespace bouton::check {

[[nodiscard]] std::optional<model::Replay> check_replay(const ast::Replay& replay,
                                                        BodyContext& body);

// `a == b within e` is taken apart; any other comparison stands as it is.
[[nodiscard]] std::optional<model::Expect> check_expect(const ast::Expect& expect,
                                                        BodyContext& body);

}  // namespace bouton::check
