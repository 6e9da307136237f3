// `replay z.spike from A`: a population's spike draws are read from a tape. The statement has to
// stand before everything that runs or branches, so that every run reads the tape.
#pragma once

#include "compiler/lower/lowering.h"

namespace bouton::lower {

// Fills Lowering::replays; refuses replays that come too late.
void find_replays(Lowering& lowering);

// The tape column of a population whose draws are replayed.
void add_tape(Lowering& lowering, elaborate::PopulationId population);

// The host statements of one replay.
[[nodiscard]] plan::HostBody lower_replay(Lowering& lowering, const model::Replay& replay,
                                          plan::HostExpr tape, source::Span span);

}  // namespace bouton::lower
