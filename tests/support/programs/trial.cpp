#include "tests/support/programs/trial.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

#include "compiler/diagnostics/render.h"
#include "compiler/driver/interpreted.h"
#include "compiler/driver/pipeline.h"
#include "runtime/host/execute.h"
#include "tests/support/programs/comparison.h"
#include "tests/support/programs/isolated.h"

namespace bouton::fuzz {

namespace {

constexpr int kSeconds = 60;

// What the process of its own says first; the rest are details.
constexpr const char* kSame = "same";
constexpr const char* kFailed = "failed";
constexpr const char* kRejected = "rejected";
constexpr const char* kOther = "other";

std::string rejection(driver::Session& session) {
  for (const diagnostics::Diagnostic& message : session.diagnostics.all())
    if (diagnostics::severity_of(message.kind) == diagnostics::Severity::Error)
      return fmt::format("{} {} {} {}\n{}", kRejected, diagnostics::name_of(message.kind),
                         message.span.begin, message.headline,
                         diagnostics::render_text(session.diagnostics, session.sources));
  return fmt::format("{} without-a-message 0\n", kRejected);
}

using Outcomes = std::vector<runtime::ReplicaOutcome>;

std::optional<Outcomes> run_compiled(driver::Session& session, const elaborate::Network& network,
                                     const plan::Plan& plan, const TrialOptions& options, int first,
                                     int lanes) {
  const auto executable = driver::compile(session, plan, network.source_directory,
                                          {lanes, options.width, options.level, ""});
  if (!executable) return std::nullopt;
  runtime::Block block{first, {}};
  for (int lane = first; lane < first + lanes; ++lane)
    block.seeds.push_back(network.seed + static_cast<std::uint64_t>(lane));
  const runtime::Code code{&executable->code.layout, &executable->code.advance,
                           &executable->code.kernels};
  auto outcomes = runtime::execute(executable->program, code, block, {});
  return outcomes ? std::move(*outcomes) : Outcomes{};
}

// Replica `lane` alone, where the block came to differ in what it ran.
std::string compare_lane(driver::Session& session, const elaborate::Network& network,
                         const plan::Plan& plan, const TrialOptions& options,
                         const Outcomes& together, int lane) {
  elaborate::Network seeded = network;
  seeded.seed += static_cast<std::uint64_t>(lane);
  const std::string expected = print_outcome(driver::interpret_network(seeded, {}));
  std::string got;
  if (!together.empty()) {
    got = print_outcome(together[static_cast<std::size_t>(lane)]);
  } else {
    const auto alone = run_compiled(session, network, plan, options, lane, 1);
    if (!alone || alone->empty()) return "interpreted something\ncompiled nothing\n";
    got = print_outcome(alone->front());
  }
  return first_difference(expected, got);
}

std::string run_both_ways(const std::string& path, const TrialOptions& options) {
  driver::Session session;
  const auto program = driver::check_file(session, path);
  if (!program) return rejection(session);
  driver::RunOptions run;
  run.file = path;
  run.seed = options.seed;
  const auto id = driver::find_experiment(session, *program, path, "");
  if (!id) return rejection(session);
  const auto network = driver::bind(session, *program, *id, run);
  if (!network) return rejection(session);
  const auto plan = driver::plan_of(session, *network);
  if (!plan) return rejection(session);
  const auto together = run_compiled(session, *network, *plan, options, 0, options.lanes);
  if (!together) return rejection(session);
  for (const int lane : {0, options.lanes - 1}) {
    const std::string difference = compare_lane(session, *network, *plan, options, *together, lane);
    if (!difference.empty()) return fmt::format("{} lane {}\n{}", kOther, lane, difference);
  }
  const bool failed = !together->empty() && together->front().problem;
  return failed ? fmt::format("{} {} 0\n", kFailed, 0) : fmt::format("{}\n", kSame);
}

// Last words of a compiler that ended: the first line of them tells one bug from another.
Verdict fatal_verdict(const Ending& ending) {
  Verdict verdict;
  verdict.kind = ending.late ? Verdict::Kind::NeverEnded : Verdict::Kind::Crashed;
  verdict.message = ending.said.substr(0, ending.said.find('\n'));
  verdict.details = ending.said;
  return verdict;
}

}  // namespace

TrialOptions any_options(Random& random) {
  static const std::vector<int> kPowers = {1, 2, 4, 8, 16};
  TrialOptions options;
  options.lanes = random.one_in(2) ? 1 : random.pick(std::vector<int>{2, 4, 8});
  options.width = random.pick(kPowers);
  options.level = random.pick(std::vector<int>{0, 3, 1, 2, 3});
  options.seed = static_cast<std::uint64_t>(random.below(1000));
  return options;
}

std::string describe(const TrialOptions& options) {
  return fmt::format("-O{}, width {}, {} lanes, seed {}", options.level, options.width,
                     options.lanes, options.seed);
}

Verdict try_program(const std::string& text, const TrialOptions& options) {
  const std::string path =
      (std::filesystem::path(BOUTON_BUILD_DIR) / fmt::format("fuzz_program_{}.bouton", getpid()))
          .string();
  std::ofstream(path, std::ios::binary) << text;
  const Ending ending = run_isolated([&] { return run_both_ways(path, options); }, kSeconds);
  std::filesystem::remove(path);
  if (ending.fatal) return fatal_verdict(ending);
  std::istringstream said(ending.said);
  Verdict verdict;
  std::string word;
  said >> word >> verdict.message >> verdict.place;
  std::getline(said, verdict.headline);
  const std::size_t end_of_line = ending.said.find('\n');
  verdict.details = end_of_line == std::string::npos ? "" : ending.said.substr(end_of_line + 1);
  if (word == kRejected) verdict.kind = Verdict::Kind::Rejected;
  if (word == kOther)
    verdict.kind = verdict.details.find("problem: ") != std::string::npos
                       ? Verdict::Kind::OtherProblem
                       : Verdict::Kind::OtherValues;
  verdict.failed_run = word == kFailed;
  return verdict;
}

}  // namespace bouton::fuzz
