#include "tests/golden/messages/pipeline.h"

#include <fstream>
#include <optional>
#include <string_view>
#include <utility>

#include "compiler/driver/explained.h"
#include "compiler/driver/interpreted.h"
#include "compiler/driver/not_run_yet.h"
#include "compiler/driver/pipeline.h"
#include "compiler/driver/verification.h"
#include "compiler/launch/failures.h"
#include "compiler/launch/parameters.h"
#include "compiler/launch/run_sweep.h"

namespace bouton::golden {

namespace {

using driver::Session;

// The comments a program begins with say what the command line adds: `# --param tau=20 ms`,
// `# --experiment Sampling`, and `# --interpret` for a run to the end; or `# explain SAL` and
// `# verify name` for what these commands look for; `# check` stands for `bouton check`,
// `# sweep Name` for `bouton sweep` up to its first replica.
driver::RunOptions read_options(const std::string& path) {
  driver::RunOptions options;
  options.file = path;
  constexpr std::string_view kParameter = "# --param ";
  constexpr std::string_view kExperiment = "# --experiment ";
  std::ifstream stream(path);
  for (std::string line; std::getline(stream, line) && line.starts_with('#');) {
    if (line.starts_with(kParameter)) options.parameters.push_back(line.substr(kParameter.size()));
    if (line.starts_with(kExperiment)) options.experiment = line.substr(kExperiment.size());
    if (line == "# --interpret") options.interpret = true;
  }
  return options;
}

bool is_for_check(const std::string& path) {
  std::ifstream stream(path);
  std::string line;
  return std::getline(stream, line) && line == "# check";
}

// `as_run`: as `bouton run` would do it.
void bind_and_run(Session& session, const model::Program& program, model::ExperimentId experiment,
                  const driver::RunOptions& options, bool as_run) {
  const auto network = driver::bind(session, program, experiment, options);
  if (!network) return;
  if (!driver::plan_of(session, *network) && as_run && !options.interpret)
    driver::suggest_interpreter(session, *network);
  if (!options.interpret) return;
  const auto outcome = driver::interpret_network(*network, {});
  static_cast<void>(
      launch::report_failures(session, {&outcome, 1}, launch::name_by_seed(network->seed)));
}

// What `bouton run` does.
void bind_one(Session& session, const model::Program& program, const driver::RunOptions& options) {
  const auto experiment =
      driver::find_experiment(session, program, options.file, options.experiment);
  if (experiment) bind_and_run(session, program, *experiment, options, true);
}

// Whatever can be made of the experiments and verify blocks alone.
void bind_all(Session& session, const model::Program& program, const driver::RunOptions& options) {
  for (const model::ExperimentId experiment : program.experiments.ids())
    bind_and_run(session, program, experiment, options, false);
}

// What stands behind `# command` on the first line; nothing if it does not begin so.
std::optional<std::string> argument_of(const std::string& path, const std::string& command) {
  std::ifstream stream(path);
  std::string line;
  std::getline(stream, line);
  const std::string begin = "# " + command + " ";
  if (!line.starts_with(begin)) return std::nullopt;
  return line.substr(begin.size());
}

void bind_points(Session& session, const model::Program& program, const std::string& name,
                 const driver::RunOptions& options) {
  const model::Sweep* sweep = launch::find_sweep(session, program, options.file, name);
  auto given = launch::read_parameters(session, options.parameters);
  if (sweep == nullptr || !given) return;
  const auto points = launch::find_points(session, program, *sweep, *given, std::nullopt);
  if (!points) return;
  const launch::Settings settings{{}, {}, options.precision, ".", *given};
  for (int point = 0; point < points->count(); ++point)
    static_cast<void>(launch::bind_point(session, program, *points, point, settings));
}

void report(Session& session, const std::string& path) {
  if (const auto rule = argument_of(path, "explain")) {
    static_cast<void>(driver::explain_file(session, {read_options(path), *rule}));
    return;
  }
  const auto program = driver::check_file(session, path);
  if (!program) return;
  if (const auto name = argument_of(path, "verify"))
    return static_cast<void>(driver::choose_to_verify(session, *program, {path, *name, {}, false}));
  if (const auto name = argument_of(path, "sweep"))
    return bind_points(session, *program, *name, read_options(path));
  if (is_for_check(path)) return driver::report_what_cannot_run(session, *program, path);
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
