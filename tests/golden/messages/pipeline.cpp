#include "tests/golden/messages/pipeline.h"

#include <fstream>
#include <string_view>
#include <utility>

#include "compiler/driver/pipeline.h"

namespace bouton::golden {

namespace {

using driver::Session;

// The comments a program begins with say what the command line adds: `# --param tau=20 ms`,
// `# --experiment Sampling`.
driver::RunOptions read_options(const std::string& path) {
  driver::RunOptions options;
  options.file = path;
  constexpr std::string_view kParameter = "# --param ";
  constexpr std::string_view kExperiment = "# --experiment ";
  std::ifstream stream(path);
  for (std::string line; std::getline(stream, line) && line.starts_with('#');) {
    if (line.starts_with(kParameter)) options.parameters.push_back(line.substr(kParameter.size()));
    if (line.starts_with(kExperiment)) options.experiment = line.substr(kExperiment.size());
  }
  return options;
}

// What `bouton run` does before it compiles.
void bind_one(Session& session, const model::Program& program, const driver::RunOptions& options) {
  const auto experiment =
      driver::find_experiment(session, program, options.file, options.experiment);
  if (!experiment) return;
  const auto network = driver::bind(session, program, *experiment, options);
  if (network) static_cast<void>(driver::plan_of(session, *network));
}

// Whatever can be made of the experiments and verify blocks alone.
void bind_all(Session& session, const model::Program& program, const driver::RunOptions& options) {
  for (const model::ExperimentId experiment : program.experiments.ids()) {
    const auto network = driver::bind(session, program, experiment, options);
    if (network) static_cast<void>(driver::plan_of(session, *network));
  }
}

void report(Session& session, const std::string& path) {
  const auto program = driver::check_file(session, path);
  if (!program) return;
  const driver::RunOptions options = read_options(path);
  const bool is_run = !options.parameters.empty() || !options.experiment.empty();
  if (is_run)
    bind_one(session, *program, options);
  else
    bind_all(session, *program, options);
}

}  // namespace

void report_messages_of(const std::string& path, source::SourceMap& sources,
                        diagnostics::Diagnostics& diagnostics) {
  Session session;
  report(session, path);
  sources = std::move(session.sources);
  diagnostics = std::move(session.diagnostics);
}

std::set<std::string> connected_phases() {
  return {"source", "imports", "command line", "parse", "check", "elaborate", "lower"};
}

}  // namespace bouton::golden
