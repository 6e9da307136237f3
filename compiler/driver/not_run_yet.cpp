#include "compiler/driver/not_run_yet.h"

#include <algorithm>

#include "compiler/interpret/unsupported.h"
#include "compiler/lower/lower.h"

namespace bouton::driver {

namespace {

using diagnostics::Diagnostic;
using diagnostics::Diagnostics;
using diagnostics::Kind;

std::optional<elaborate::Network> elaborate_with_defaults(const model::Program& program,
                                                          model::ExperimentId experiment,
                                                          const std::string& file,
                                                          Diagnostics& diagnostics) {
  elaborate::Options options;
  options.source_directory = directory_of(file);
  return elaborate::elaborate(program, experiment, options, diagnostics);
}

// What binding and compiling the experiment with its defaults would say.
Diagnostics try_to_compile(const model::Program& program, model::ExperimentId experiment,
                           const std::string& file) {
  Diagnostics said;
  const auto network = elaborate_with_defaults(program, experiment, file, said);
  if (network) static_cast<void>(lower::lower(*network, said));
  return said;
}

bool is_not_yet(const Diagnostic& message) {
  return message.kind == Kind::NotElaborated || message.kind == Kind::Unlowered;
}

// What is not compiled yet may be interpreted.
bool is_interpreted(const model::Program& program, model::ExperimentId experiment,
                    const std::string& file) {
  Diagnostics ignored;
  const auto network = elaborate_with_defaults(program, experiment, file, ignored);
  return network && !interpret::find_unsupported(*network);
}

void note(const Diagnostic& message, const std::string& experiment, bool interpreted,
          Session& session) {
  const Kind kind = interpreted ? Kind::OnlyInterpretedYet : Kind::NotRunYet;
  auto note = session.diagnostics.report(kind, message.span, {experiment, message.headline});
  note.label(message.label).hint(message.hint);
  for (const diagnostics::Label& other : message.others) note.other(other.span, other.text);
}

}  // namespace

void report_what_cannot_run(Session& session, const model::Program& program,
                            const std::string& file) {
  for (const model::ExperimentId id : program.experiments.ids()) {
    const Diagnostics said = try_to_compile(program, id, file);
    const auto is_missing = [](const Diagnostic& message) {
      return message.kind == Kind::MissingParameter;
    };
    if (std::ranges::none_of(said.all(), is_not_yet)) {
      const bool says_something =
          !said.all().empty() && std::ranges::none_of(said.all(), is_missing);
      if (says_something) elaborate_with_defaults(program, id, file, session.diagnostics);
      continue;
    }
    const bool interpreted = is_interpreted(program, id, file);
    for (const Diagnostic& message : said.all())
      if (is_not_yet(message)) note(message, program.experiments[id].name, interpreted, session);
  }
}

void suggest_interpreter(Session& session, const elaborate::Network& network) {
  const auto is_unlowered = [](const Diagnostic& message) {
    return message.kind == Kind::Unlowered;
  };
  if (std::ranges::any_of(session.diagnostics.all(), is_unlowered) &&
      !interpret::find_unsupported(network)) {
    const model::Experiment& experiment = network.source();
    session.diagnostics.report(Kind::InterpreterRuns, experiment.span, {experiment.name});
  }
}

}  // namespace bouton::driver
