#include "compiler/launch/pipeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "compiler/base/check.h"
#include "compiler/check/check.h"
#include "compiler/diagnostics/suggest.h"
#include "compiler/launch/parameters.h"
#include "compiler/load/load_program.h"
#include "compiler/load/stdlib.h"
#include "compiler/lower/lower.h"
#include "compiler/passes/pack_populations.h"
#include "compiler/passes/skip_quiet_steps.h"
#include "compiler/passes/split_kernels.h"
#include "compiler/plan/verifier.h"

namespace bouton::launch {

namespace {

using diagnostics::Kind;

void check_plan(const plan::Plan& plan) {
  const auto errors = plan::verify(plan);
  if (errors.empty()) return;
  const std::string message = errors.front().rule + ": " + errors.front().message;
  BOUTON_CHECK(errors.empty(), message.c_str());
}

// Something like `n=20` is a parameter whose option is missing.
std::string hint_for(const model::Program& program, const std::string& file,
                     const std::string& name, const std::vector<std::string>& names) {
  if (std::ranges::find(program.sweeps, name, &model::Sweep::name) != program.sweeps.end())
    return fmt::format("`{}` is a sweep: `bouton sweep {} {}` runs it", name, file, name);
  if (name.find('=') != std::string::npos)
    return fmt::format("parameters are set with `--param {}`", name);
  return diagnostics::suggest_or_list(name, names);
}

}  // namespace

std::optional<model::Program> check_file(Session& session, const std::string& path) {
  const auto files = load::load_program(path, session.sources, session.diagnostics);
  if (!files) return std::nullopt;
  return check::check(*files, session.diagnostics, load::find_module_declaring);
}

bool stands_in_main_file(const Session& session, source::Span span) {
  const std::vector<source::FileId> files = session.sources.loaded_files();
  return !files.empty() && span.file == files.front();
}

std::optional<model::ExperimentId> find_experiment(Session& session, const model::Program& program,
                                                   const std::string& file,
                                                   const std::string& name) {
  std::vector<std::string> names;
  for (const bool imported : {false, true})
    for (const model::ExperimentId id : program.experiments.ids()) {
      const model::Experiment& experiment = program.experiments[id];
      const bool here = stands_in_main_file(session, experiment.span);
      if (experiment.is_verify || here == imported) continue;
      if (name.empty() || experiment.name == name) return id;
      names.push_back(experiment.name);
    }
  const source::Span nowhere{};
  if (name.empty()) {
    session.diagnostics.report(Kind::NoExperiment, nowhere, {file})
        .hint("write `experiment Name() { … }`");
  } else {
    session.diagnostics.report(Kind::UnknownExperiment, nowhere, {file, name})
        .hint(hint_for(program, file, name, names));
  }
  return std::nullopt;
}

std::optional<elaborate::Network> bind(Session& session, const model::Program& program,
                                       model::ExperimentId experiment, const Settings& settings) {
  elaborate::Options bound;
  bound.seed = settings.seed;
  bound.precision = settings.precision;
  bound.source_directory = settings.directory;
  auto parameters = read_parameters(session, settings.parameters);
  if (!parameters) return std::nullopt;
  bound.parameters = *std::move(parameters);
  bound.parameters.insert(bound.parameters.end(), settings.values.begin(), settings.values.end());
  return elaborate::elaborate(program, experiment, bound, session.diagnostics);
}

std::optional<plan::Plan> lower_network(const elaborate::Network& network,
                                        diagnostics::Diagnostics& diagnostics) {
  auto plan = lower::lower(network, diagnostics);
  if (!plan) return std::nullopt;
  passes::split_kernels(*plan);
  passes::skip_quiet_steps(*plan);
  passes::pack_populations(*plan);
  return plan;
}

std::optional<plan::Plan> plan_of(Session& session, const elaborate::Network& network) {
  auto plan = lower_network(network, session.diagnostics);
  if (plan) check_plan(*plan);
  return plan;
}

std::string directory_of(const std::string& file) {
  const std::string directory = std::filesystem::path(file).parent_path().string();
  return directory.empty() ? "." : directory;
}

}  // namespace bouton::launch
