// `reset`, `reset a, b`: which columns return to their initial values, and which draws are taken
// anew.
#pragma once

#include "compiler/lower/lowering.h"

namespace bouton::lower {

[[nodiscard]] plan::HostReset lower_reset(Lowering& lowering, const model::Reset& reset,
                                          source::Span span);

}  // namespace bouton::lower
