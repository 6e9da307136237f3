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
#include "compiler/launch/pipeline.h"
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

std::optional<ReplicaOutcome> run_compiled(Session& session, const elaborate::Network& network,
                                           const runtime::Listener& listener,
                                           cache::CodeCache* cache) {
  const auto plan = plan_of(session, network);
  if (!plan) return std::nullopt;
  const auto executable = compile(session, *plan, network.source_directory, {1, 8, 3, ""}, {cache});
  if (!executable) return std::nullopt;
  const runtime::Code code{&executable->code.layout, &executable->code.advance,
                           &executable->code.kernels};
  auto outcomes = runtime::execute(executable->program, code, {0, {network.seed}}, listener);
  if (!outcomes) return std::nullopt;
  return std::move(outcomes->front());
}

BothWays run_both_ways(Session& session, const elaborate::Network& network, std::int64_t limit,
                       const Ways& ways) {
  BothWays both;
  std::int64_t steps = 0;
  auto compiled = ways.compiled(session, network, stop_after(limit, steps));
  if (compiled) both.compiled = Way{*std::move(compiled), steps >= limit};
  steps = 0;
  both.interpreted.outcome = ways.interpreted(network, stop_after(limit, steps));
  both.interpreted.cut_off = steps >= limit;
  return both;
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

std::uint64_t hash_of(const std::string& name, const runtime::Value& value) {
  runtime::Results results;
  runtime::record_row(results, {{name, value}});
  return runtime::hash_results(results);
}

std::string describe(const Common& common, const Way& way) {
  std::string text = fmt::format("{} ({} rows, {} texts)",
                                 runtime::print_hash(runtime::hash_results(common.results)),
                                 common.rows(), common.texts.size());
  if (!way.problem().empty()) text += ", then: " + way.problem();
  return text;
}

std::string first_difference(const runtime::ResultTable& a, const runtime::ResultTable& b) {
  for (std::size_t row = 0; row < std::min(a.rows.size(), b.rows.size()); ++row)
    for (std::size_t i = 0; i < a.names.size(); ++i)
      if (hash_of(a.names[i], a.rows[row][i]) != hash_of(a.names[i], b.rows[row][i]))
        return fmt::format("first in `{}`, row {}", a.names[i], row);
  return "";
}

// Where both have something, but not the same; empty if that is nowhere.
std::string first_difference(const Common& a, const Common& b) {
  const auto& tables = a.results.tables;
  for (std::size_t i = 0; i < std::min(tables.size(), b.results.tables.size()); ++i) {
    if (tables[i].names != b.results.tables[i].names) return "in the tables' columns";
    const std::string found = first_difference(tables[i], b.results.tables[i]);
    if (!found.empty()) return found;
  }
  for (std::size_t i = 0; i < std::min(a.texts.size(), b.texts.size()); ++i)
    if (a.texts[i] != b.texts[i])
      return fmt::format("first in `{}`, interpreted `{}`", a.texts[i], b.texts[i]);
  return "";
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
  if (!equal) check.difference = first_difference(compiled, interpreted);
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

const Way& way_shown(const BothWays& outcomes) {
  return outcomes.compiled ? *outcomes.compiled : outcomes.interpreted;
}

void report_failures(Session& session, const Way& way) {
  static_cast<void>(launch::report_failures(session, {&way.outcome, 1}, launch::name_by_seed(0)));
}

Check not_ended(const std::string& name, const Way& way) {
  return {name, "runs to its end", "", way.problem(), "", "", Verdict::Fail};
}

// Of a run to the end: what it expects, that it gets there, and that both ways agree.
std::vector<Check> checks_of(Session& session, const BothWays& outcomes, const std::string& name) {
  const Way& way = way_shown(outcomes);
  std::vector<Check> checks;
  for (const runtime::Expectation& expectation : way.outcome.expectations)
    checks.push_back(check_of(session, expectation, name));
  if (!way.problem().empty()) checks.push_back(not_ended(name, way));
  report_failures(session, way);
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

Ways both_ways(cache::CodeCache* cache) {
  const auto compiled = [cache](Session& session, const elaborate::Network& network,
                                const runtime::Listener& listener) {
    return run_compiled(session, network, listener, cache);
  };
  return {compiled, [](const elaborate::Network& network, const runtime::Listener& listener) {
            return interpret_network(network, listener);
          }};
}

std::vector<model::ExperimentId> choose_to_verify(Session& session, const model::Program& program,
                                                  const VerifyOptions& options) {
  std::vector<model::ExperimentId> chosen;
  std::vector<std::string> names;
  const bool any_here =
      std::ranges::any_of(program.experiments, [&](const model::Experiment& experiment) {
        return launch::stands_in_main_file(session, experiment.span);
      });
  for (const bool blocks : {true, false})
    for (const model::ExperimentId id : program.experiments.ids()) {
      const model::Experiment& experiment = program.experiments[id];
      if (experiment.is_verify != blocks) continue;
      if (any_here && !launch::stands_in_main_file(session, experiment.span)) continue;
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
                                model::ExperimentId block, const VerifyOptions& options,
                                const Ways& ways) {
  const std::string& name = program.experiments[block].name;
  const auto network = bind(session, program, block, run_options_of(options));
  if (!network) return {without_network(name)};
  const BothWays outcomes = run_both_ways(session, *network, kNoLimit, ways);
  std::vector<Check> checks = checks_of(session, outcomes, name);
  const bool stopped = outcomes.interpreted.outcome.problem.has_value();
  if (outcomes.interpreted.outcome.expectations.empty() && !stopped)
    checks.insert(checks.begin(),
                  {name, "expects something", "", "nothing", "", "", Verdict::Fail});
  return checks;
}

std::vector<Check> verify_experiment(Session& session, const model::Program& program,
                                     model::ExperimentId experiment, const VerifyOptions& options,
                                     const Ways& ways) {
  const std::string& name = program.experiments[experiment].name;
  RunOptions run = run_options_of(options);
  run.parameters = options.parameters;
  const auto network = bind(session, program, experiment, run);
  if (!network) return {without_network(name)};
  if (options.whole)
    return checks_of(session, run_both_ways(session, *network, kNoLimit, ways), name);
  const elaborate::Network shorter = in_short_form(*network, kStepsPerRun);
  const BothWays outcomes = run_both_ways(session, shorter, kStepsInAll, ways);
  std::vector<Check> checks;
  // That it fails in both ways alike makes it no better.
  if (const Way& way = way_shown(outcomes); !way.problem().empty()) {
    checks.push_back(not_ended(name + ", short form", way));
    report_failures(session, way);
  }
  checks.push_back(compare(outcomes, name + ", short form"));
  return checks;
}

}  // namespace bouton::driver
