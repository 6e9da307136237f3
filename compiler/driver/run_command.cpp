#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <utility>

#include "compiler/driver/commands.h"
#include "compiler/driver/console.h"
#include "compiler/driver/emit.h"
#include "compiler/driver/failures.h"
#include "compiler/driver/interpreted.h"
#include "compiler/driver/replicas.h"
#include "runtime/analysis/render_plot.h"
#include "runtime/analysis/result_hash.h"
#include "runtime/hdf5/result_file.h"

namespace bouton::driver {

namespace {

using Clock = std::chrono::steady_clock;

int finish(Session& session, int code) {
  print_messages(session);
  return code;
}

void print_summary(const std::vector<runtime::ReplicaOutcome>& outcomes, std::uint64_t first_seed,
                   double seconds) {
  std::int64_t steps = 0;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    steps += outcomes[i].steps;
    fmt::print("seed {}: results {}\n", first_seed + i,
               runtime::print_hash(runtime::hash_results(outcomes[i].results)));
  }
  fmt::print("{:.4g} steps in {:.2f} s, {:.3g} M steps/s\n", static_cast<double>(steps), seconds,
             static_cast<double>(steps) / seconds / 1e6);
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

bool write_results(const RunOptions& options, const std::vector<runtime::ReplicaOutcome>& outcomes,
                   std::uint64_t first_seed) {
  if (options.output.empty()) return true;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    runtime::RunDescription description;
    description.source = options.file;
    description.seed = first_seed + i;
    const std::string name = output_name(options.output, first_seed + i, outcomes.size());
    if (const auto error = runtime::write_result_file(name, outcomes[i].results, description)) {
      fmt::print(stderr, "error: {}\n", error->message);
      return false;
    }
    fmt::print("written to {}\n", name);
  }
  return true;
}

// Found out before hours of computing, not after: an output that cannot be written.
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

}  // namespace

int run(const RunOptions& options) {
  Session session;
  const auto program = check_file(session, options.file);
  if (!program) return finish(session, kProgramErrors);
  const auto experiment = find_experiment(session, *program, options.file, options.experiment);
  if (!experiment) return finish(session, kProgramErrors);
  const auto network = bind(session, *program, *experiment, options);
  if (!network) return finish(session, kProgramErrors);
  if (options.emit != Emit::Nothing) {
    const bool printed = emit_form(session, *program, *network, options);
    return finish(session, printed ? kSuccess : kProgramErrors);
  }
  for (const model::Sweep& sweep : program->sweeps)
    if (sweep.experiment == *experiment)
      fmt::print(stderr, "note: sweep `{}` is not run: one run with the given parameters\n",
                 sweep.name);
  if (!can_write_to(options.output)) return finish(session, kRunFailed);
  listen_for_interrupts();
  const auto begin = Clock::now();
  std::optional<std::vector<runtime::ReplicaOutcome>> outcomes;
  {
    Console console(options.quiet, options.seeds);
    outcomes = options.interpret ? interpret_replicas(*network, options, console)
                                 : run_replicas(session, *network, options, console);
  }
  if (!outcomes) return finish(session, kProgramErrors);
  const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  const bool written = write_results(options, *outcomes, network->seed);
  if (!options.quiet) print_plots(outcomes->front());
  print_summary(*outcomes, network->seed, seconds);
  const bool sound = report_failures(session, *outcomes) && written;
  if (was_interrupted()) {
    fmt::print(stderr, "interrupted: what was recorded until then is kept\n");
    return finish(session, kInterrupted);
  }
  return finish(session, sound ? kSuccess : kRunFailed);
}

}  // namespace bouton::driver
