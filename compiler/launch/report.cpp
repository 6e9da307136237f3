#include "compiler/launch/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "compiler/launch/console.h"
#include "compiler/launch/failures.h"
#include "runtime/analysis/render_plot.h"
#include "runtime/analysis/result_hash.h"
#include "runtime/hdf5/result_file.h"

namespace bouton::launch {

namespace {

// A hash is that of an experiment's results only if it came to its end.
std::string describe_results(const runtime::ReplicaOutcome& outcome) {
  const bool empty = outcome.results.tables.empty();
  const std::string hash =
      empty ? "none recorded" : runtime::print_hash(runtime::hash_results(outcome.results));
  if (!outcome.problem) return "results " + hash;
  return fmt::format("{}; results until then {}", was_interrupted() ? "interrupted" : "failed",
                     hash);
}

void print_summary(const std::vector<runtime::ReplicaOutcome>& outcomes, std::uint64_t first_seed,
                   double seconds, elaborate::Precision precision) {
  std::int64_t steps = 0;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    steps += outcomes[i].steps;
    fmt::print("seed {}: {}\n", first_seed + i, describe_results(outcomes[i]));
  }
  fmt::print("{:.4g} steps in {:.2f} s, {:.3g} M steps/s{}\n", static_cast<double>(steps), seconds,
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
          fmt::print("\n{}", runtime::render_plot(table, curve.y, curve.x, curve.logarithmic));
}

// Each replica in a file of its own when there are several: `out.h5`, or `out.seed-3.h5`.
std::string output_name(const std::string& name, std::uint64_t seed, std::size_t replicas) {
  if (replicas == 1) return name;
  const std::size_t dot = name.rfind(".h5");
  const std::string stem = dot == std::string::npos ? name : name.substr(0, dot);
  return fmt::format("{}.seed-{}.h5", stem, seed);
}

bool write_results(const ReportOptions& options,
                   const std::vector<runtime::ReplicaOutcome>& outcomes, std::uint64_t first_seed) {
  if (options.output.empty()) return true;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    runtime::RunDescription description;
    description.source = options.source;
    description.seed = first_seed + i;
    description.precision = elaborate::name_of(options.precision);
    const std::string name = output_name(options.output, first_seed + i, outcomes.size());
    if (const auto error = runtime::write_result_file(name, outcomes[i].results, description)) {
      fmt::print(stderr, "error: {}\n", error->message);
      return false;
    }
    fmt::print("written to {}\n", name);
  }
  return true;
}

}  // namespace

bool can_write_to(const std::string& output) {
  if (output.empty()) return true;
  const std::string probe = output + ".part";
  const bool existed = std::filesystem::exists(probe);
  const bool writable = std::ofstream(probe, std::ios::app).good();
  if (writable && !existed) std::filesystem::remove(probe);
  if (!writable)
    fmt::print(stderr, "error: cannot write `{}`: is its folder there and writable?\n", output);
  return writable;
}

int finish(const Session& session, int code) {
  print_messages(session);
  return code;
}

int report_outcomes(Session& session, const ReportOptions& options,
                    const std::vector<runtime::ReplicaOutcome>& outcomes, std::uint64_t first_seed,
                    double seconds) {
  const bool written = write_results(options, outcomes, first_seed);
  if (!options.quiet) print_plots(outcomes.front());
  print_summary(outcomes, first_seed, seconds, options.precision);
  const bool sound = report_failures(session, outcomes, first_seed) && written;
  if (was_interrupted()) {
    fmt::print(stderr, "interrupted: what was recorded until then is kept\n");
    return finish(session, kInterrupted);
  }
  return finish(session, sound ? kSuccess : kRunFailed);
}

}  // namespace bouton::launch
