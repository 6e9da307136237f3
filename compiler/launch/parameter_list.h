// The parameters of an experiment as the `--help` of its executable and `bouton check --params`
// list them.
#pragma once

#include <string>

#include "compiler/launch/description.h"
#include "compiler/launch/session.h"
#include "compiler/model/program.h"

namespace bouton::launch {

// One entry per parameter: its value unless `--param` says otherwise, its documentation, what kind
// of value it takes, in which unit results give it, and whether an executable of that description
// can change it.
[[nodiscard]] std::string list_parameters(const Session& session,
                                          const model::Experiment& experiment,
                                          const Description& description);

}  // namespace bouton::launch
