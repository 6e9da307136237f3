#include "compiler/launch/report.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/launch/console.h"
#include "compiler/launch/failures.h"
#include "compiler/launch/output.h"
#include "compiler/launch/streams.h"
#include "runtime/analysis/render_plot.h"
#include "runtime/analysis/result_hash.h"

namespace bouton::launch {

namespace {

// A hash is that of an experiment's results only if it came to its end.
std::string describe_results(const runtime::ReplicaOutcome& outcome) {
  const bool empty = outcome.results.tables.empty();
  const std::string hash =
      empty ? "none recorded" : runtime::print_hash(runtime::hash_results(outcome.results));
  if (!outcome.problem) return "results " + hash;
  return fmt::format("{}; results until then {}", outcome.interrupted ? "interrupted" : "failed",
                     hash);
}

void print_hash_of_all(const std::vector<runtime::ReplicaOutcome>& outcomes,
                       std::uint64_t first_seed) {
  std::vector<std::uint64_t> hashes;
  for (const runtime::ReplicaOutcome& outcome : outcomes)
    hashes.push_back(runtime::hash_results(outcome.results));
  print("all seeds: results {}\n", runtime::print_hash(runtime::hash_replicas(first_seed, hashes)));
}

void print_summary(const std::vector<runtime::ReplicaOutcome>& outcomes, std::uint64_t first_seed,
                   double seconds, elaborate::Precision precision) {
  std::int64_t steps = 0;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    steps += outcomes[i].steps;
    print("seed {}: {}\n", first_seed + i, describe_results(outcomes[i]));
  }
  const bool complete = std::ranges::all_of(
      outcomes, [](const runtime::ReplicaOutcome& outcome) { return !outcome.problem; });
  if (outcomes.size() > 1 && complete) print_hash_of_all(outcomes, first_seed);
  print("{:.4g} steps in {:.2f} s, {:.3g} M steps/s{}\n", static_cast<double>(steps), seconds,
        static_cast<double>(steps) / seconds / 1e6,
        precision == elaborate::Precision::Single ? ", single precision" : "");
}

// The plots of the first replica; a table that has both columns of a curve holds it.
void print_plots(const runtime::ReplicaOutcome& outcome) {
  for (const runtime::PlotStmt& plot : outcome.plots)
    for (const runtime::PlotStmt::Curve& curve : plot.curves)
      for (const runtime::ResultTable& table : outcome.results.tables)
        if (std::ranges::count(table.names, curve.y) > 0 &&
            std::ranges::count(table.names, curve.x) > 0)
          print("\n{}", runtime::render_plot(table, curve.y, curve.x, curve.logarithmic));
}

}  // namespace

int finish(Session& session, int code) {
  print_messages(session);
  return code;
}

int report_outcomes(Session& session, runtime::RunOutput* output, const ReportOptions& options,
                    const std::vector<runtime::ReplicaOutcome>& outcomes, std::uint64_t first_seed,
                    double seconds) {
  if (!options.quiet) print_plots(outcomes.front());
  print_summary(outcomes, first_seed, seconds, options.precision);
  const bool written = finish_output(output);
  const bool sound = report_failures(session, outcomes, first_seed) && written;
  if (was_interrupted()) {
    print_error("interrupted\n");
    return finish(session, kInterrupted);
  }
  return finish(session, sound ? kSuccess : kRunFailed);
}

}  // namespace bouton::launch
