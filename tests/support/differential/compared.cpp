#include "tests/support/differential/compared.h"

#include <algorithm>
#include <cctype>
#include <filesystem>

#include "compiler/diagnostics/render.h"
#include "compiler/driver/interpreted.h"
#include "runtime/analysis/result_hash.h"
#include "runtime/host/execute.h"

namespace bouton::driver {

std::string name_of(const Case& which) {
  std::string name =
      std::filesystem::path(which.file).lexically_relative(BOUTON_SOURCE_DIR).string();
  std::ranges::replace_if(
      name, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
  return name + "_" + std::string(elaborate::name_of(which.precision));
}

void PrintTo(const Case& which, std::ostream* out) { *out << name_of(which); }

std::vector<Case> all_cases() {
  const std::filesystem::path root = BOUTON_SOURCE_DIR;
  std::vector<Case> cases;
  for (const auto& entry :
       std::filesystem::directory_iterator(root / "tests/differential/programs"))
    if (entry.path().extension() == ".bouton") cases.push_back({entry.path().string(), {}});
  const std::filesystem::path examples = root / "examples";
  cases.push_back({(examples / "01_two_neurons/main.bouton").string(),
                   {"epochs=4", "windows=10", "record_every=2"}});
  cases.push_back({(examples / "02_sampling_sal/main.bouton").string(),
                   {"epochs=2", "validate_every=2", "validation_factor=3", "windows=20"}});
  cases.push_back(
      {(examples / "02_sampling_sal/plasticity_noise.bouton").string(),
       {"epochs=4", "shortened=2", "validate_every=4", "validation_factor=3", "windows=20"}});
  cases.push_back(
      {(examples / "02_sampling_sal/bias.bouton").string(), {"chunks=3", "windows=50"}});
  for (std::size_t i = 0, doubles = cases.size(); i < doubles; ++i) {
    cases.push_back(cases[i]);
    cases.back().precision = elaborate::Precision::Single;
  }
  std::ranges::sort(cases, {}, name_of);
  return cases;
}

Bound::Bound(const Case& which) {
  program = check_file(session, which.file);
  if (!program) return;
  for (const model::ExperimentId id : program->experiments.ids()) {
    RunOptions options;
    options.file = which.file;
    if (!program->experiments[id].is_verify) options.parameters = which.parameters;
    options.seed = 77;
    options.precision = which.precision;
    if (auto network = bind(session, *program, id, options))
      networks.push_back(*std::move(network));
  }
}

std::string Bound::messages() const {
  return diagnostics::render_text(session.diagnostics, session.sources);
}

std::string fingerprint(const runtime::ReplicaOutcome& outcome) {
  std::string text = runtime::print_hash(runtime::hash_results(outcome.results));
  for (const std::string& line : outcome.printed) text += "\n" + line;
  for (const auto& expectation : outcome.expectations) text += "\n" + expectation.result.figures;
  if (outcome.problem) text += "\nproblem: " + outcome.problem->message;
  return text;
}

std::string interpreted_fingerprint(const elaborate::Network& network) {
  return fingerprint(interpret_network(network, {}));
}

std::vector<runtime::ReplicaOutcome> compiled_outcomes(Bound& bound,
                                                       const elaborate::Network& network,
                                                       const plan::Plan& plan, Compiled how) {
  codegen::Options options{how.lanes, how.width, how.level, "", {}, {}, how.skips, how.patient};
  if (how.pooled) options.pool = image::pool_of_all(plan);
  const auto executable = compile(bound.session, plan, network.source_directory, options);
  if (!executable) return {};
  runtime::Block block{0, {}};
  for (int lane = 0; lane < how.lanes; ++lane)
    block.seeds.push_back(network.seed + static_cast<std::uint64_t>(lane));
  const auto table = image::fill_table(options.pool, plan, executable->code.layout);
  const runtime::Code code{&executable->code.layout, &executable->code.advance,
                           &executable->code.kernels, table};
  return runtime::execute(executable->program, code, block, {})
      .value_or(std::vector<runtime::ReplicaOutcome>{});
}

std::vector<std::string> compiled_fingerprints(Bound& bound, const elaborate::Network& network,
                                               const plan::Plan& plan, Compiled how) {
  const auto outcomes = compiled_outcomes(bound, network, plan, how);
  if (bound.session.diagnostics.has_errors()) return {bound.messages()};
  std::vector<std::string> all;
  for (const auto& outcome : outcomes) all.push_back(fingerprint(outcome));
  return all;
}

}  // namespace bouton::driver
