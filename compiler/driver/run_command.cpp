#include "compiler/driver/commands.h"
#include "compiler/driver/emit.h"
#include "compiler/driver/interpreted.h"
#include "compiler/driver/kept_code.h"
#include "compiler/driver/not_run_yet.h"
#include "compiler/driver/replicas.h"
#include "compiler/launch/console.h"
#include "compiler/launch/describe_run.h"
#include "compiler/launch/output.h"
#include "compiler/launch/report.h"
#include "compiler/launch/resources.h"
#include "compiler/launch/streams.h"

namespace bouton::driver {

int run(const RunOptions& options) {
  if (!launch::has_output_needed(options.output)) return launch::kWrongUsage;
  Timings timings;
  Session session;
  const auto program = check_file(session, options.file);
  if (!program) return launch::finish(session, kProgramErrors);
  timings.end_phase("read and check");
  const auto experiment = find_experiment(session, *program, options.file, options.experiment);
  if (!experiment) return launch::finish(session, kProgramErrors);
  const auto network = bind(session, *program, *experiment, options);
  if (!network) return launch::finish(session, kProgramErrors);
  timings.end_phase("bind parameters");
  if (options.emit != Emit::Nothing) {
    const bool printed = emit_form(session, *program, *network, options);
    return launch::finish(session, printed ? kSuccess : kProgramErrors);
  }
  if (!launch::has_room_for_run(*network, options.seeds, options.output))
    return launch::finish(session, kRunFailed);
  launch::OutputSettings settings = options.output;
  settings.checkpoints = !options.interpret;
  const runtime::RunDescription description =
      launch::describe_run(session, *network, options.file, options.seeds);
  const auto output = launch::open_output(session, description, settings);
  if (!output) return launch::finish(session, kRunFailed);
  launch::print_messages(session);
  launch::listen_for_interrupts();
  timings.end_phase("open the output");
  const launch::ColumnUnits units(description.tables);
  KeptCode kept(options.cache && !options.interpret);
  double seconds = 0;
  std::optional<std::vector<runtime::ReplicaOutcome>> outcomes;
  {
    launch::Console console({options.quiet, options.seeds, {}, true, units});
    outcomes = options.interpret ? interpret_replicas(*network, options, console, output->get())
                                 : run_replicas(session, *network, options, kept.cache(), timings,
                                                console, output->get());
    seconds = console.seconds_worked();
  }
  if (!outcomes) {
    suggest_interpreter(session, *network);
    return launch::finish(session, kProgramErrors);
  }
  if (options.timings) launch::print_error("{}", timings.print());
  return launch::report_outcomes(session, output->get(),
                                 {options.quiet, options.precision, network->seed, seconds, units},
                                 *outcomes);
}

}  // namespace bouton::driver
