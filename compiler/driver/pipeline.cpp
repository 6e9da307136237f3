#include "compiler/driver/pipeline.h"

#include <fmt/format.h>

#include <filesystem>
#include <utility>

#include "compiler/base/check.h"
#include "compiler/check/check.h"
#include "compiler/codegen/program.h"
#include "compiler/diagnostics/suggest.h"
#include "compiler/driver/parameters.h"
#include "compiler/load/load_program.h"
#include "compiler/lower/lower.h"
#include "compiler/plan/verifier.h"

namespace bouton::driver {

namespace {

using diagnostics::Kind;

void check_plan(const plan::Plan& plan) {
  const auto errors = plan::verify(plan);
  if (errors.empty()) return;
  const std::string message = errors.front().rule + ": " + errors.front().message;
  BOUTON_CHECK(errors.empty(), message.c_str());
}

}  // namespace

std::optional<model::Program> check_file(Session& session, const std::string& path) {
  const auto files = load::load_program(path, session.sources, session.diagnostics);
  if (!files) return std::nullopt;
  return check::check(*files, session.diagnostics);
}

std::optional<model::ExperimentId> find_experiment(Session& session, const model::Program& program,
                                                   const std::string& file,
                                                   const std::string& name) {
  std::vector<std::string> names;
  for (const model::ExperimentId id : program.experiments.ids()) {
    const model::Experiment& experiment = program.experiments[id];
    if (experiment.is_verify) continue;
    if (name.empty() || experiment.name == name) return id;
    names.push_back(experiment.name);
  }
  const source::Span nowhere{};
  if (name.empty()) {
    session.diagnostics.report(Kind::NoExperiment, nowhere, {file})
        .hint("write `experiment Name() { … }`");
  } else {
    session.diagnostics.report(Kind::UnknownExperiment, nowhere, {file, name})
        .hint(diagnostics::suggest_hint(name, names));
  }
  return std::nullopt;
}

std::optional<elaborate::Network> bind(Session& session, const model::Program& program,
                                       model::ExperimentId experiment, const RunOptions& options) {
  elaborate::Options bound;
  bound.seed = options.seed;
  bound.source_directory = directory_of(options.file);
  auto settings = read_parameters(session, options.parameters);
  if (!settings) return std::nullopt;
  bound.parameters = *std::move(settings);
  return elaborate::elaborate(program, experiment, bound, session.diagnostics);
}

std::optional<plan::Plan> plan_of(Session& session, const elaborate::Network& network) {
  auto plan = lower::lower(network, session.diagnostics);
  if (plan) check_plan(*plan);
  return plan;
}

std::optional<Executable> compile(Session& session, const plan::Plan& plan,
                                  const std::string& source_directory,
                                  const codegen::Options& options) {
  auto code = codegen::compile(plan, options);
  if (const auto* failure = std::get_if<codegen::Failure>(&code)) {
    session.diagnostics.report(Kind::NoCode, {}, {plan.name, failure->message})
        .hint("`--interpret` runs it without compiling");
    return std::nullopt;
  }
  return Executable{codegen::build_program(plan, source_directory),
                    std::get<codegen::NativeCode>(std::move(code))};
}

std::string directory_of(const std::string& file) {
  const std::string directory = std::filesystem::path(file).parent_path().string();
  return directory.empty() ? "." : directory;
}

}  // namespace bouton::driver
