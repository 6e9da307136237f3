
#include "compiler/check/locality.h"
#include "compiler/diagnostics/render.h"
#include "compiler/driver/commands.h"
#include "compiler/driver/emit.h"
#include "compiler/driver/not_run_yet.h"
#include "compiler/launch/console.h"
#include "compiler/launch/parameter_list.h"
#include "compiler/launch/pipeline.h"
#include "compiler/launch/streams.h"
#include "compiler/model/dump.h"

namespace bouton::driver {

namespace {

void print_parameters(const Session& session, const model::Program& program) {
  for (const bool imported : {false, true})
    for (const model::Experiment& experiment : program.experiments) {
      const bool here = launch::stands_in_main_file(session, experiment.span);
      if (experiment.is_verify || here == imported) continue;
      launch::print("experiment {}\n{}\n", experiment.name,
                    launch::list_parameters(session, experiment, {}));
    }
}

}  // namespace

int check(const CheckOptions& options) {
  Session session;
  if (options.emit == Emit::Ast) {
    const bool printed = emit_tree(session, options.file);
    launch::print_messages(session);
    return printed ? kSuccess : kProgramErrors;
  }
  const auto program = check_file(session, options.file);
  if (program) report_what_cannot_run(session, *program, options.file);
  const bool has_errors = session.diagnostics.has_errors();
  if (options.json) {
    launch::print("{}\n", diagnostics::render_json(session.diagnostics, session.sources));
  } else {
    launch::print_messages(session);
  }
  if (!program) return kProgramErrors;
  if (options.emit == Emit::Model) launch::print("{}", model::dump(*program));
  if (options.list_parameters) print_parameters(session, *program);
  if (options.emit == Emit::Nothing && !options.json && !options.list_parameters)
    launch::print("{}",
                  check::render_locality(check::build_locality_report(*program), session.sources));
  return has_errors ? kProgramErrors : kSuccess;
}

}  // namespace bouton::driver
