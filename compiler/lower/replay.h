// `replay z.spike from A`: a population's spike draws are read from a tape. Where the statement may
// come behind a run, code looks in every step whether there is a tape yet.
#pragma once

#include "compiler/lower/lowering.h"

namespace bouton::lower {

// Fills Lowering::replays.
void find_replays(Lowering& lowering);

// The tape column of a population whose draws are replayed.
void add_tape(Lowering& lowering, elaborate::PopulationId population);

// The host statements of one replay.
[[nodiscard]] plan::HostBody lower_replay(Lowering& lowering, const model::Replay& replay,
                                          plan::HostExpr tape, source::Span span);

}  // namespace bouton::lower
