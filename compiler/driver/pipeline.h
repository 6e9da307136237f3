// The compiler on one page: the phases of compiler/launch/pipeline.h, from the text of a file to a
// plan, and then native code in this process.
#pragma once

#include <optional>
#include <string>

#include "compiler/codegen/codegen.h"
#include "compiler/driver/options.h"
#include "compiler/launch/pipeline.h"
#include "runtime/program/program.h"

namespace bouton::driver {

using launch::check_file;
using launch::directory_of;
using launch::find_experiment;
using launch::plan_of;
using launch::Session;

// typed program -> concrete network, with the parameters of the command line.
[[nodiscard]] std::optional<elaborate::Network> bind(Session& session,
                                                     const model::Program& program,
                                                     model::ExperimentId experiment,
                                                     const RunOptions& options);

// plan -> native code, and the host program that drives it.
struct Executable {
  runtime::Program program;
  codegen::NativeCode code;
};
[[nodiscard]] std::optional<Executable> compile(Session& session, const plan::Plan& plan,
                                                const std::string& source_directory,
                                                const codegen::Options& options,
                                                const codegen::Making& making = {});

}  // namespace bouton::driver
