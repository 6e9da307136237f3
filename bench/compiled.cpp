#include "bench/compiled.h"

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <utility>

#include "compiler/diagnostics/render.h"
#include "runtime/host/execute.h"

namespace bouton::bench {

namespace {

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

driver::Executable compile_source(driver::Session& session, const Source& source) {
  const auto program = driver::check_file(session, path_of(source.file));
  if (!program) give_up(session);
  const elaborate::Network network = elaborate_source(session, *program, source);
  const auto plan = driver::plan_of(session, network);
  if (!plan) give_up(session);
  auto executable = driver::compile(session, *plan, network.source_directory, {});
  if (!executable) give_up(session);
  return *std::move(executable);
}

}  // namespace

void give_up(const driver::Session& session) {
  std::fputs(diagnostics::render_text(session.diagnostics, session.sources).c_str(), stderr);
  std::exit(1);
}

std::string path_of(const std::string& file) { return BOUTON_SOURCE_DIR "/" + file; }

elaborate::Network elaborate_source(driver::Session& session, const model::Program& program,
                                    const Source& source) {
  driver::RunOptions options;
  options.file = path_of(source.file);
  options.parameters = source.parameters;
  const auto experiment =
      driver::find_experiment(session, program, options.file, source.experiment);
  if (!experiment) give_up(session);
  auto network = driver::bind(session, program, *experiment, options);
  if (!network) give_up(session);
  return *std::move(network);
}

Compiled::Compiled(const Source& source)
    : session_(std::make_unique<driver::Session>()),
      executable_(compile_source(*session_, source)) {}

runtime::ReplicaOutcome Compiled::run() const {
  const runtime::Code code{&executable_.code.layout, &executable_.code.advance,
                           &executable_.code.kernels};
  auto outcomes = runtime::execute(executable_.program, code, {0, {0}}, {});
  if (!outcomes || outcomes->front().problem) give_up(*session_);
  return std::move(outcomes->front());
}

double Compiled::measure() const {
  const double begin = cpu_seconds();
  const runtime::ReplicaOutcome outcome = run();
  return cpu_seconds() - begin;
}

}  // namespace bouton::bench
