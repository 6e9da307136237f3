// Why an executable cannot run with the parameters it was given.
#pragma once

#include <string>
#include <vector>

#include "compiler/launch/description.h"
#include "compiler/launch/pipeline.h"

namespace bouton::standalone {

// Reports which of the given settings change what is contained in the code: those that do so each
// by itself, otherwise all that differ from the values at build time.
void report_fixed_parameters(launch::Session& session, const model::Program& program,
                             model::ExperimentId experiment, const launch::Settings& given,
                             const launch::Description& description);

// The settings of build time, but for parameters that are given now.
[[nodiscard]] std::vector<std::string> merge_settings(const std::vector<std::string>& built,
                                                      const std::vector<std::string>& given);

}  // namespace bouton::standalone
