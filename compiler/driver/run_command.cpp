#include "compiler/driver/commands.h"
#include "compiler/driver/emit.h"
#include "compiler/driver/interpreted.h"
#include "compiler/driver/replicas.h"
#include "compiler/launch/console.h"
#include "compiler/launch/describe_run.h"
#include "compiler/launch/output.h"
#include "compiler/launch/report.h"
#include "compiler/launch/streams.h"

namespace bouton::driver {

int run(const RunOptions& options) {
  Session session;
  const auto program = check_file(session, options.file);
  if (!program) return launch::finish(session, kProgramErrors);
  const auto experiment = find_experiment(session, *program, options.file, options.experiment);
  if (!experiment) return launch::finish(session, kProgramErrors);
  const auto network = bind(session, *program, *experiment, options);
  if (!network) return launch::finish(session, kProgramErrors);
  if (options.emit != Emit::Nothing) {
    const bool printed = emit_form(session, *program, *network, options);
    return launch::finish(session, printed ? kSuccess : kProgramErrors);
  }
  const auto output = launch::open_output(
      session, launch::describe_run(session, *network, options.file, options.seeds),
      options.output);
  if (!output) return launch::finish(session, kRunFailed);
  launch::print_messages(session);
  launch::listen_for_interrupts();
  double seconds = 0;
  std::optional<std::vector<runtime::ReplicaOutcome>> outcomes;
  {
    launch::Console console({options.quiet, options.seeds});
    outcomes = options.interpret ? interpret_replicas(*network, options, console, output->get())
                                 : run_replicas(session, *network, options, console, output->get());
    seconds = console.seconds_worked();
  }
  if (!outcomes) return launch::finish(session, kProgramErrors);
  return launch::report_outcomes(session, output->get(),
                                 {options.quiet, options.precision, network->seed, seconds},
                                 *outcomes);
}

}  // namespace bouton::driver
