// The interpreter defines the meaning; compiled code gives the same bits for every vector width,
// number of lanes and optimisation level. Every program of tests/differential/programs, every
// verify block and every example is run both ways.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "compiler/diagnostics/render.h"
#include "compiler/driver/interpreted.h"
#include "compiler/driver/replicas.h"
#include "runtime/analysis/result_hash.h"
#include "runtime/host/execute.h"

namespace bouton::driver {
namespace {

struct Case {
  std::string file;
  std::vector<std::string> parameters;  // make examples short
};

std::string name_of(const Case& which) {
  std::string name =
      std::filesystem::path(which.file).lexically_relative(BOUTON_SOURCE_DIR).string();
  std::ranges::replace_if(
      name, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
  return name;
}
void PrintTo(const Case& which, std::ostream* out) { *out << which.file; }

std::vector<Case> all_cases() {
  const std::filesystem::path root = BOUTON_SOURCE_DIR;
  std::vector<Case> cases;
  for (const auto& entry :
       std::filesystem::directory_iterator(root / "tests/differential/programs"))
    if (entry.path().extension() == ".bouton") cases.push_back({entry.path().string(), {}});
  cases.push_back({(root / "examples/02_sampling_sal/main.bouton").string(),
                   {"epochs=2", "validate_every=2", "validation_factor=3", "windows=20"}});
  std::ranges::sort(cases, {}, &Case::file);
  return cases;
}

// A compiled program with everything that it refers to.
struct Bound {
  Session session;
  std::optional<model::Program> program;
  std::vector<elaborate::Network> networks;

  explicit Bound(const Case& which) {
    program = check_file(session, which.file);
    if (!program) return;
    for (const model::ExperimentId id : program->experiments.ids()) {
      RunOptions options;
      options.file = which.file;
      if (!program->experiments[id].is_verify) options.parameters = which.parameters;
      options.seed = 77;
      if (auto network = bind(session, *program, id, options))
        networks.push_back(*std::move(network));
    }
  }
  std::string messages() { return diagnostics::render_text(session.diagnostics, session.sources); }
};

std::string fingerprint(const runtime::ReplicaOutcome& outcome) {
  std::string text = runtime::print_hash(runtime::hash_results(outcome.results));
  for (const std::string& line : outcome.printed) text += "\n" + line;
  for (const auto& expectation : outcome.expectations) text += "\n" + expectation.result.figures;
  if (outcome.problem) text += "\nproblem: " + outcome.problem->message;
  return text;
}

// Fingerprints of `seeds` replicas, compiled with one set of options.
std::vector<std::string> run_compiled(Bound& bound, const elaborate::Network& network,
                                      const plan::Plan& plan, int lanes, int width, int level) {
  const auto executable =
      compile(bound.session, plan, network.source_directory, {lanes, width, level, ""});
  if (!executable) return {bound.messages()};
  runtime::Block block{0, {}};
  for (int lane = 0; lane < lanes; ++lane)
    block.seeds.push_back(network.seed + static_cast<std::uint64_t>(lane));
  const runtime::Code code{&executable->code.layout, &executable->code.advance,
                           &executable->code.kernels};
  const auto outcomes = runtime::execute(executable->program, code, block, {});
  std::vector<std::string> all;
  if (!outcomes) return all;
  for (const auto& outcome : *outcomes) all.push_back(fingerprint(outcome));
  return all;
}

class Differential : public testing::TestWithParam<Case> {};
INSTANTIATE_TEST_SUITE_P(Programs, Differential, testing::ValuesIn(all_cases()),
                         [](const auto& instance) { return name_of(instance.param); });

TEST_P(Differential, CompiledCodeGivesTheBitsOfTheInterpreter) {
  Bound bound(GetParam());
  ASSERT_TRUE(bound.program) << bound.messages();
  ASSERT_FALSE(bound.networks.empty()) << bound.messages();
  for (const elaborate::Network& network : bound.networks) {
    const auto plan = plan_of(bound.session, network);
    ASSERT_TRUE(plan) << bound.messages();
    const runtime::ReplicaOutcome interpreted = interpret_network(network, {});
    EXPECT_FALSE(interpreted.problem) << interpreted.problem->message;
    EXPECT_FALSE(interpreted.results.tables.empty() && interpreted.expectations.empty())
        << "nothing to compare";
    const std::string expected = fingerprint(interpreted);
    for (const auto& [width, level] : {std::pair(1, 0), std::pair(1, 3), std::pair(4, 3),
                                       std::pair(8, 0), std::pair(8, 3), std::pair(16, 3)}) {
      const auto compiled = run_compiled(bound, network, *plan, 1, width, level);
      ASSERT_EQ(compiled.size(), 1U);
      EXPECT_EQ(compiled.front(), expected) << "width " << width << ", -O" << level;
    }
  }
}

TEST_P(Differential, AReplicaHasTheSameBitsAmongOthersAndAlone) {
  Bound bound(GetParam());
  ASSERT_TRUE(bound.program) << bound.messages();
  for (const elaborate::Network& network : bound.networks) {
    const auto plan = plan_of(bound.session, network);
    ASSERT_TRUE(plan) << bound.messages();
    for (const int lanes : {2, 8}) {
      const auto together = run_compiled(bound, network, *plan, lanes, 8, 3);
      if (together.empty())
        continue;  // the replicas come to differ in what they run: executed alone
      for (const int lane : {0, lanes - 1}) {
        elaborate::Network seeded = network;
        seeded.seed += static_cast<std::uint64_t>(lane);
        EXPECT_EQ(together[static_cast<std::size_t>(lane)],
                  fingerprint(interpret_network(seeded, {})))
            << lanes << " lanes, lane " << lane;
      }
    }
  }
}

}  // namespace
}  // namespace bouton::driver
