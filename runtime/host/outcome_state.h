// What a replica leaves beside its rows, as bytes: steps, printed lines, expectations, plots, and
// the problem that ended it. Part of the state of a running replica, and all that is kept of one
// that has ended.
#pragma once

#include "runtime/encoding/encoding.h"
#include "runtime/host/outcome.h"

namespace bouton::runtime {

void encode_outcome(Encoder& encoder, const ReplicaOutcome& outcome);
void decode_outcome(Decoder& decoder, ReplicaOutcome& outcome);

}  // namespace bouton::runtime
