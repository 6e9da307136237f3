// The parameters of an experiment as `--help` lists them.
#pragma once

#include <string>

#include "compiler/launch/description.h"
#include "compiler/launch/session.h"
#include "compiler/model/program.h"

namespace bouton::standalone {

// One entry per parameter: its value unless `--param` says otherwise, its documentation, what kind
// of value it takes, and whether this executable can change it.
[[nodiscard]] std::string list_parameters(const launch::Session& session,
                                          const model::Experiment& experiment,
                                          const launch::Description& description);

}  // namespace bouton::standalone
