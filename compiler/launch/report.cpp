#include "compiler/launch/report.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/launch/console.h"
#include "compiler/launch/failures.h"
#include "compiler/launch/output.h"
#include "compiler/launch/streams.h"
#include "runtime/analysis/render_plot.h"
#include "runtime/analysis/result_hash.h"
#include "runtime/spool/rows.h"

namespace bouton::launch {

namespace {

using Outcomes = std::vector<runtime::ReplicaOutcome>;

std::vector<std::uint64_t> hashes_of(const Outcomes& outcomes) {
  std::vector<std::uint64_t> hashes;
  for (const runtime::ReplicaOutcome& outcome : outcomes)
    hashes.push_back(runtime::hash_results(outcome.results));
  return hashes;
}

bool is_empty(std::uint64_t hash) { return hash == runtime::hash_results({}); }

// A hash is that of an experiment's results only if it came to its end.
std::string describe_results(const runtime::ReplicaOutcome& outcome, std::uint64_t hash) {
  const std::string printed = is_empty(hash) ? "none recorded" : runtime::print_hash(hash);
  if (!outcome.problem) return "results " + printed;
  return fmt::format("{}; results until then {}", outcome.interrupted ? "interrupted" : "failed",
                     printed);
}

void print_hash_of_all(const std::vector<std::uint64_t>& hashes, std::uint64_t first_seed) {
  std::vector<std::uint64_t> seeds;
  for (std::size_t i = 0; i < hashes.size(); ++i) seeds.push_back(first_seed + i);
  print("all seeds: results {}\n", runtime::print_hash(runtime::hash_replicas(seeds, hashes)));
}

bool are_complete(const Outcomes& outcomes) {
  return std::ranges::all_of(
      outcomes, [](const runtime::ReplicaOutcome& outcome) { return !outcome.problem; });
}

void print_hashes(const Outcomes& outcomes, const std::vector<std::uint64_t>& hashes,
                  std::uint64_t first_seed) {
  if (hashes.size() != outcomes.size()) return;  // which has been reported
  for (std::size_t i = 0; i < outcomes.size(); ++i)
    print("seed {}: {}\n", first_seed + i, describe_results(outcomes[i], hashes[i]));
  if (outcomes.size() > 1 && are_complete(outcomes)) print_hash_of_all(hashes, first_seed);
}

// Of a resumed run the steps are those of all its parts, and say nothing about the last.
void print_speed(const Outcomes& outcomes, const ReportOptions& options, bool resumed) {
  double steps = 0;
  for (const runtime::ReplicaOutcome& outcome : outcomes)
    steps += static_cast<double>(outcome.steps);
  const std::string time = options.seconds < 0.1 ? fmt::format("{:.1f} ms", options.seconds * 1e3)
                                                 : fmt::format("{:.2f} s", options.seconds);
  std::string speed = fmt::format(" in {}", time);
  if (resumed)
    speed = fmt::format(", {} since the run was resumed", time);
  else if (steps > 0 && options.seconds > 0)
    speed += fmt::format(", {:.3g} M steps/s", steps / options.seconds / 1e6);
  print("{:.4g} steps{}{}\n", steps, speed,
        options.precision == elaborate::Precision::Single ? ", single precision" : "");
}

void print_sweep(const Outcomes& outcomes, const runtime::RunDescription& run,
                 const std::vector<std::uint64_t>& hashes) {
  const auto number = [&](const auto& is) { return std::ranges::count_if(outcomes, is); };
  const auto failed = number(
      [](const auto& outcome) { return outcome.problem.has_value() && !outcome.interrupted; });
  const auto open = number([](const auto& outcome) { return outcome.interrupted; });
  print("sweep {}: {} of {} replicas came to their end", run.sweep,
        static_cast<std::ptrdiff_t>(outcomes.size()) - failed - open, outcomes.size());
  if (failed > 0) print(", {} failed", failed);
  if (open > 0) print(", {} are left", open);
  if (hashes.size() == outcomes.size() && open == 0) {
    const bool empty = std::ranges::all_of(hashes, is_empty);
    const auto printed = [&] { return runtime::print_hash(runtime::hash_run(run, hashes)); };
    print(": results {}", empty ? "none recorded" : printed());
  }
  print("\n");
}

// First of all: what follows are results until then.
void print_interruption() {
  if (was_interrupted()) print_error("interrupted\n");
}

int end(Session& session, bool sound) {
  if (was_interrupted()) return finish(session, kInterrupted);
  return finish(session, sound ? kSuccess : kRunFailed);
}

// The plots of the first replica; a table that has both columns of a curve holds it.
void print_plots(const runtime::ReplicaOutcome& outcome, runtime::RunOutput* output,
                 const ColumnUnits& units) {
  constexpr std::size_t kMostPoints = 20000;
  if (outcome.plots.empty()) return;
  const runtime::Results results =
      output == nullptr ? outcome.results : output->thin_out(0, kMostPoints);
  for (const runtime::PlotStmt& plot : outcome.plots)
    for (const runtime::PlotStmt::Curve& curve : plot.curves)
      for (const runtime::ResultTable& table : results.tables)
        if (std::ranges::count(table.names, curve.y) > 0 &&
            std::ranges::count(table.names, curve.x) > 0)
          print("\n{}", runtime::render_plot(table, curve.y, curve.x, curve.logarithmic,
                                             units.of(table.names)));
}

}  // namespace

int finish(Session& session, int code) {
  print_messages(session);
  return code;
}

int report_outcomes(Session& session, runtime::RunOutput* output, const ReportOptions& options,
                    const std::vector<runtime::ReplicaOutcome>& outcomes) {
  print_interruption();
  if (!options.quiet) print_plots(outcomes.front(), output, options.units);
  runtime::RunOutput::Finished finished;
  if (output != nullptr) finished = finish_output(*output);
  print_hashes(outcomes, output == nullptr ? hashes_of(outcomes) : finished.hashes,
               options.first_seed);
  print_speed(outcomes, options, output != nullptr && output->is_resumed());
  const bool written = output == nullptr || print_finished(finished);
  const bool sound = report_failures(session, outcomes, name_by_seed(options.first_seed));
  return end(session, sound && written);
}

int report_sweep(Session& session, runtime::RunOutput& output, const ReportOptions& options,
                 const std::vector<runtime::ReplicaOutcome>& outcomes) {
  print_interruption();
  const runtime::RunOutput::Finished finished = finish_output(output);
  print_sweep(outcomes, output.description(), finished.hashes);
  print_speed(outcomes, options, output.is_resumed());
  const bool written = print_finished(finished);
  const bool sound = report_failures(session, outcomes, [&](std::size_t replica) {
    return runtime::name_replica(output.description(), replica);
  });
  return end(session, sound && written);
}

}  // namespace bouton::launch
