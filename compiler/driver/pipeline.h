// The compiler on one page: every phase, in order, from the text of a file to native code.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/ast/decl.h"
#include "compiler/codegen/codegen.h"
#include "compiler/diagnostics/diagnostics.h"
#include "compiler/driver/options.h"
#include "compiler/elaborate/elaborate.h"
#include "compiler/model/program.h"
#include "compiler/plan/plan.h"
#include "compiler/source/source_map.h"
#include "runtime/program/program.h"

namespace bouton::driver {

// What one invocation reads and says.
struct Session {
  source::SourceMap sources;
  diagnostics::Diagnostics diagnostics;
};

// text -> trees -> typed program. The program refers to nothing outside of itself.
[[nodiscard]] std::optional<model::Program> check_file(Session& session, const std::string& path);

// The experiment of that name; the first one that is no verify block if the name is empty. Reported
// if there is none.
[[nodiscard]] std::optional<model::ExperimentId> find_experiment(Session& session,
                                                                 const model::Program& program,
                                                                 const std::string& file,
                                                                 const std::string& name);

// typed program -> concrete network, with the parameters of the command line.
[[nodiscard]] std::optional<elaborate::Network> bind(Session& session,
                                                     const model::Program& program,
                                                     model::ExperimentId experiment,
                                                     const RunOptions& options);

// network -> plan; verified.
[[nodiscard]] std::optional<plan::Plan> plan_of(Session& session,
                                                const elaborate::Network& network);

// plan -> native code, and the host program that drives it.
struct Executable {
  runtime::Program program;
  codegen::NativeCode code;
};
[[nodiscard]] std::optional<Executable> compile(Session& session, const plan::Plan& plan,
                                                const std::string& source_directory,
                                                const codegen::Options& options);

// The folder that file names in a source file are relative to.
[[nodiscard]] std::string directory_of(const std::string& file);

}  // namespace bouton::driver
