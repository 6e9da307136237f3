// `reset`, `reset a, b`: which columns return to their initial values, and which draws are taken
// anew.
#pragma once

#include "compiler/lower/lowering.h"

namespace bouton::lower {

// Fills Lowering::reset_alone.
void find_lone_resets(Lowering& lowering);

[[nodiscard]] plan::HostBody lower_reset(Lowering& lowering, const model::Reset& reset,
                                         source::Span span);

}  // namespace bouton::lower
