// The phases that the tool and a built executable share, in order: from the text of a file to a
// plan. Machine code for the plan comes from codegen in the tool, from its own object in an
// executable.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/elaborate/elaborate.h"
#include "compiler/launch/session.h"
#include "compiler/model/program.h"
#include "compiler/plan/plan.h"

namespace bouton::launch {

// text -> trees -> typed program. The program refers to nothing outside of itself.
[[nodiscard]] std::optional<model::Program> check_file(Session& session, const std::string& path);

// Whether it stands in the file that was asked for, and not in one that it imports.
[[nodiscard]] bool stands_in_main_file(const Session& session, source::Span span);

// The experiment of that name; the first one that is no verify block if the name is empty. Those of
// imported files come behind the file's own. Reported if there is none.
[[nodiscard]] std::optional<model::ExperimentId> find_experiment(Session& session,
                                                                 const model::Program& program,
                                                                 const std::string& file,
                                                                 const std::string& name);

// What a user sets from outside.
struct Settings {
  std::vector<std::string> parameters;  // name=value
  std::optional<std::uint64_t> seed;
  elaborate::Precision precision = elaborate::Precision::Double;
  std::string directory;  // that file names in the program are relative to
  // Beside them, values that are read already: those of a point of a sweep.
  std::vector<elaborate::ParameterSetting> values{};
};

// typed program -> concrete network.
[[nodiscard]] std::optional<elaborate::Network> bind(Session& session,
                                                     const model::Program& program,
                                                     model::ExperimentId experiment,
                                                     const Settings& settings);

// network -> plan, before it is verified and reported on: lowering and the passes behind it.
[[nodiscard]] std::optional<plan::Plan> lower_network(const elaborate::Network& network,
                                                      diagnostics::Diagnostics& diagnostics);

// network -> plan; verified.
[[nodiscard]] std::optional<plan::Plan> plan_of(Session& session,
                                                const elaborate::Network& network);

// The folder that file names in a source file are relative to.
[[nodiscard]] std::string directory_of(const std::string& file);

}  // namespace bouton::launch
