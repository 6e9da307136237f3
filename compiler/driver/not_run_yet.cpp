#include "compiler/driver/not_run_yet.h"

#include "compiler/lower/lower.h"

namespace bouton::driver {

namespace {

using diagnostics::Diagnostic;
using diagnostics::Diagnostics;
using diagnostics::Kind;

// What binding and compiling the experiment with its defaults would say.
Diagnostics try_to_compile(const model::Program& program, model::ExperimentId experiment,
                           const std::string& file) {
  Diagnostics said;
  elaborate::Options options;
  options.source_directory = directory_of(file);
  const auto network = elaborate::elaborate(program, experiment, options, said);
  if (network) static_cast<void>(lower::lower(*network, said));
  return said;
}

bool is_not_yet(const Diagnostic& message) {
  return message.kind == Kind::NotElaborated || message.kind == Kind::Unlowered;
}

}  // namespace

void note_what_cannot_run(Session& session, const model::Program& program,
                          const std::string& file) {
  for (const model::ExperimentId id : program.experiments.ids()) {
    const Diagnostics said = try_to_compile(program, id, file);
    for (const Diagnostic& message : said.all()) {
      if (!is_not_yet(message)) continue;
      auto note = session.diagnostics.report(Kind::NotRunYet, message.span,
                                             {program.experiments[id].name, message.headline});
      note.label(message.label).hint(message.hint);
      for (const diagnostics::Label& other : message.others) note.other(other.span, other.text);
    }
  }
}

}  // namespace bouton::driver
