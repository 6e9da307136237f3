#include "tests/support/sal/program.h"

#include "compiler/diagnostics/render.h"
#include "compiler/driver/pipeline.h"

namespace bouton::numeric {

namespace {

// The program is kept by the caller: the network points to it.
std::optional<elaborate::Network> bind_program(driver::Session& session,
                                               const model::Program& program,
                                               const ProgramRun& what) {
  driver::RunOptions options;
  options.file = what.data_directory + "/program.bouton";
  options.parameters = what.parameters;
  options.seed = what.seed;
  for (const model::ExperimentId id : program.experiments.ids())
    if (program.experiments[id].name == what.experiment)
      return driver::bind(session, program, id, options);
  ADD_FAILURE() << "no experiment " << what.experiment;
  return std::nullopt;
}

}  // namespace

runtime::ReplicaOutcome run_program(const ProgramRun& what, const Way& way) {
  driver::Session session;
  std::optional<elaborate::Network> network;
  const auto program = driver::check_file(session, what.file);
  if (program) network = bind_program(session, *program, what);
  EXPECT_EQ(diagnostics::render_text(session.diagnostics, session.sources), "");
  return network ? execute(way, *network) : runtime::ReplicaOutcome{};
}

}  // namespace bouton::numeric
