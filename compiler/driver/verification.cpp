#include "compiler/driver/verification.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "compiler/diagnostics/suggest.h"
#include "compiler/driver/interpreted.h"
#include "compiler/driver/short_form.h"
#include "compiler/image/program.h"
#include "compiler/launch/console.h"
#include "compiler/launch/failures.h"
#include "compiler/source/brief.h"
#include "runtime/analysis/result_hash.h"
#include "runtime/host/execute.h"

namespace bouton::driver {

namespace {

using runtime::ReplicaOutcome;
using Verdict = Check::Verdict;

constexpr std::int64_t kStepsPerRun = 500;
constexpr std::int64_t kStepsInAll = 50'000;
constexpr std::int64_t kNoLimit = std::numeric_limits<std::int64_t>::max();

// An outcome; `cut_off` where it ended because its steps were used up, which is no problem of it.
struct Way {
  ReplicaOutcome outcome;
  bool cut_off = false;

  // Why it ended early, if it did so by itself.
  [[nodiscard]] std::string problem() const {
    return cut_off || !outcome.problem ? "" : outcome.problem->message;
  }
};
struct BothWays {
  Way interpreted;
  std::optional<Way> compiled;  // nothing if an error was reported
};

runtime::Listener stop_after(std::int64_t limit, std::int64_t& steps) {
  runtime::Listener listener;
  listener.on_progress = [&steps](double, std::int64_t done) { steps = done; };
  listener.is_cancelled = [&steps, limit] { return steps >= limit || launch::was_interrupted(); };
  return listener;
}

std::optional<Way> run_compiled(Session& session, const elaborate::Network& network,
                                std::int64_t limit) {
  const auto plan = plan_of(session, network);
  if (!plan) return std::nullopt;
  const auto executable = compile(session, *plan, network.source_directory, {1, 8, 3, ""});
  if (!executable) return std::nullopt;
  std::int64_t steps = 0;
  const runtime::Code code{&executable->code.layout, &executable->code.advance,
                           &executable->code.kernels};
  auto outcomes =
      runtime::execute(executable->program, code, {0, {network.seed}}, stop_after(limit, steps));
  if (!outcomes) return std::nullopt;
  return Way{std::move(outcomes->front()), steps >= limit};
}

BothWays run_both_ways(Session& session, const elaborate::Network& network, std::int64_t limit) {
  auto compiled = run_compiled(session, network, limit);
  std::int64_t steps = 0;
  ReplicaOutcome interpreted = interpret_network(network, stop_after(limit, steps));
  return {{std::move(interpreted), steps >= limit}, std::move(compiled)};
}

// What of an outcome the other one has come to as well.
struct Common {
  runtime::Results results;
  std::vector<std::string> texts;  // printed lines, then figures of expectations

  [[nodiscard]] std::size_t rows() const {
    std::size_t count = 0;
    for (const runtime::ResultTable& table : results.tables) count += table.rows.size();
    return count;
  }
  [[nodiscard]] bool empty() const { return rows() == 0 && texts.empty(); }
};

Common common_of(const ReplicaOutcome& outcome, const ReplicaOutcome& other) {
  Common common;
  const auto& tables = outcome.results.tables;
  for (std::size_t i = 0; i < std::min(tables.size(), other.results.tables.size()); ++i) {
    common.results.tables.push_back(tables[i]);
    auto& rows = common.results.tables.back().rows;
    rows.resize(std::min(rows.size(), other.results.tables[i].rows.size()));
  }
  for (std::size_t i = 0; i < std::min(outcome.printed.size(), other.printed.size()); ++i)
    common.texts.push_back(outcome.printed[i]);
  const auto& expectations = outcome.expectations;
  for (std::size_t i = 0; i < std::min(expectations.size(), other.expectations.size()); ++i)
    common.texts.push_back(expectations[i].result.figures);
  return common;
}

std::string describe(const Common& common, const Way& way) {
  std::string text = fmt::format("{} ({} rows, {} texts)",
                                 runtime::print_hash(runtime::hash_results(common.results)),
                                 common.rows(), common.texts.size());
  if (!way.problem().empty()) text += ", then: " + way.problem();
  return text;
}

// Where a way was cut off nobody knows what would have come.
bool end_alike(const Way& a, const Way& b) {
  return a.cut_off || b.cut_off || a.problem() == b.problem();
}

// Rows, lines and figures of both, as far as both have come.
Check compare(const BothWays& outcomes, const std::string& block) {
  Check check{block, "compiled = interpreted", "", "not compiled", "", "none", Verdict::Error};
  if (!outcomes.compiled) return check;
  const Way& a = *outcomes.compiled;
  const Way& b = outcomes.interpreted;
  const bool cut_off = a.cut_off || b.cut_off;
  const Common compiled = common_of(a.outcome, cut_off ? b.outcome : a.outcome);
  const Common interpreted = common_of(b.outcome, cut_off ? a.outcome : b.outcome);
  check.expected = describe(interpreted, b);
  check.actual = describe(compiled, a);
  const bool equal =
      end_alike(a, b) && compiled.texts == interpreted.texts &&
      runtime::hash_results(compiled.results) == runtime::hash_results(interpreted.results);
  check.verdict = !equal ? Verdict::Fail : compiled.empty() ? Verdict::NotCompared : Verdict::Pass;
  return check;
}

Check check_of(const Session& session, const runtime::Expectation& expectation,
               const std::string& block) {
  const source::Span span{expectation.place.file, expectation.place.begin, expectation.place.end};
  const runtime::ExpectationResult& result = expectation.result;
  return {block,
          source::print_excerpt(session.sources, span),
          result.expected,
          result.actual,
          result.difference,
          result.allowed,
          result.met ? Verdict::Pass : Verdict::Fail};
}

// Of a run to the end: what it expects, that it gets there, and that both ways agree.
std::vector<Check> checks_of(Session& session, const BothWays& outcomes, const std::string& name) {
  const ReplicaOutcome& outcome =
      outcomes.compiled ? outcomes.compiled->outcome : outcomes.interpreted.outcome;
  std::vector<Check> checks;
  for (const runtime::Expectation& expectation : outcome.expectations)
    checks.push_back(check_of(session, expectation, name));
  if (outcome.problem)
    checks.push_back(
        {name, "runs to its end", "", outcome.problem->message, "", "", Verdict::Fail});
  static_cast<void>(launch::report_failures(session, {&outcome, 1}, launch::name_by_seed(0)));
  checks.push_back(compare(outcomes, name));
  return checks;
}

Check without_network(const std::string& name) {
  return {name, "its network", "", "errors", "", "", Verdict::Error};
}

RunOptions run_options_of(const VerifyOptions& options) {
  RunOptions run;
  run.file = options.file;
  run.precision = options.precision;
  return run;
}

}  // namespace

std::vector<model::ExperimentId> choose_to_verify(Session& session, const model::Program& program,
                                                  const VerifyOptions& options) {
  std::vector<model::ExperimentId> chosen;
  std::vector<std::string> names;
  for (const bool blocks : {true, false})
    for (const model::ExperimentId id : program.experiments.ids()) {
      const model::Experiment& experiment = program.experiments[id];
      if (experiment.is_verify != blocks) continue;
      names.push_back(experiment.name);
      if (experiment.name.find(options.filter) != std::string::npos) chosen.push_back(id);
    }
  if (!chosen.empty()) return chosen;
  if (names.empty())
    session.diagnostics.report(diagnostics::Kind::NoExperiment, {}, {options.file})
        .hint("write `verify \"…\" { … }` or `experiment Name() { … }`");
  else
    session.diagnostics
        .report(diagnostics::Kind::NothingToVerify, {}, {options.file, options.filter})
        .hint(diagnostics::suggest_hint(options.filter, names));
  return chosen;
}

std::vector<Check> verify_block(Session& session, const model::Program& program,
                                model::ExperimentId block, const VerifyOptions& options) {
  const std::string& name = program.experiments[block].name;
  const auto network = bind(session, program, block, run_options_of(options));
  if (!network) return {without_network(name)};
  return checks_of(session, run_both_ways(session, *network, kNoLimit), name);
}

std::vector<Check> verify_experiment(Session& session, const model::Program& program,
                                     model::ExperimentId experiment, const VerifyOptions& options) {
  const std::string& name = program.experiments[experiment].name;
  RunOptions run = run_options_of(options);
  run.parameters = options.parameters;
  const auto network = bind(session, program, experiment, run);
  if (!network) return {without_network(name)};
  if (options.whole) return checks_of(session, run_both_ways(session, *network, kNoLimit), name);
  const elaborate::Network shorter = in_short_form(*network, kStepsPerRun);
  return {compare(run_both_ways(session, shorter, kStepsInAll), name + ", short form")};
}

}  // namespace bouton::driver
