
#include "compiler/check/locality.h"
#include "compiler/diagnostics/render.h"
#include "compiler/driver/commands.h"
#include "compiler/driver/emit.h"
#include "compiler/driver/not_run_yet.h"
#include "compiler/launch/console.h"
#include "compiler/launch/streams.h"
#include "compiler/model/dump.h"

namespace bouton::driver {

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
  if (options.emit == Emit::Nothing && !options.json)
    launch::print("{}",
                  check::render_locality(check::build_locality_report(*program), session.sources));
  return has_errors ? kProgramErrors : kSuccess;
}

}  // namespace bouton::driver
