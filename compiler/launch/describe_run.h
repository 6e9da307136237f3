// Everything about a run that goes into its output file, from the bound experiment.
#pragma once

#include <string>

#include "compiler/elaborate/network.h"
#include "compiler/launch/session.h"
#include "runtime/spool/recorded_run.h"

namespace bouton::launch {

// `file`: the source file as the user named it. The run has `seeds` replicas.
[[nodiscard]] runtime::RunDescription describe_run(const Session& session,
                                                   const elaborate::Network& network,
                                                   const std::string& file, int seeds);

}  // namespace bouton::launch
