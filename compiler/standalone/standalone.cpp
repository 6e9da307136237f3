#include "compiler/standalone/standalone.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "compiler/image/program.h"
#include "compiler/launch/console.h"
#include "compiler/launch/output.h"
#include "compiler/launch/pipeline.h"
#include "compiler/launch/replicas.h"
#include "compiler/launch/report.h"
#include "compiler/launch/streams.h"
#include "compiler/standalone/arguments.h"
#include "compiler/standalone/codes.h"
#include "compiler/standalone/fixed_parameters.h"
#include "compiler/standalone/parameter_list.h"
#include "runtime/program/cpu_features.h"

namespace bouton::standalone {

namespace {

using Clock = std::chrono::steady_clock;
using launch::Session;

// Before any code that was compiled for it runs.
bool fits_processor(const launch::Description& description) {
  const auto missing = std::ranges::find_if_not(
      description.features, [](const std::string& name) { return runtime::cpu_has(name); });
  if (missing == description.features.end()) return true;
  launch::print_error(
      "error: this executable was built for {} processors: this one has no {}\n"
      "hint: build it with `bouton build {} --cpu=x86-64-v3`, or on this machine\n",
      description.cpu, *missing, description.file);
  return false;
}

void embed_sources(Session& session, const launch::Description& description) {
  for (const auto& [name, text] : description.sources) session.sources.embed(name, text);
}

std::string describe_parameters(const launch::Description& description) {
  Session session;
  embed_sources(session, description);
  const auto program = launch::check_file(session, description.file);
  if (!program) return "";
  const auto id =
      launch::find_experiment(session, *program, description.file, description.experiment);
  return id ? list_parameters(session, program->experiments[*id], description) : "";
}

int run_plan(Session& session, const elaborate::Network& network, const plan::Plan& plan,
             const Codes& codes, const launch::Description& description, const Arguments& arguments,
             runtime::RunOutput* output) {
  const runtime::Program program = image::build_program(plan, arguments.directory);
  launch::print_messages(session);
  launch::listen_for_interrupts();
  const auto begin = Clock::now();
  std::optional<std::vector<runtime::ReplicaOutcome>> outcomes;
  {
    launch::Console console(arguments.quiet, arguments.seeds);
    outcomes = launch::run_replicas(
        program, [&](int lanes) { return codes.get(lanes); },
        {network.seed, arguments.seeds, description.widths}, console, output);
  }
  const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  return launch::report_outcomes(session, output, {arguments.quiet, description.precision},
                                 *outcomes, network.seed, seconds);
}

int run_experiment(const runtime::EmbeddedProgram& embedded, const launch::Description& description,
                   const Arguments& arguments) {
  Session session;
  embed_sources(session, description);
  const auto fail = [&] { return launch::finish(session, launch::kProgramErrors); };
  const auto program = launch::check_file(session, description.file);
  if (!program) return fail();
  const auto experiment =
      launch::find_experiment(session, *program, description.file, description.experiment);
  if (!experiment) return fail();
  const launch::Settings given{arguments.parameters, arguments.seed, description.precision,
                               arguments.directory};
  launch::Settings settings = given;
  settings.parameters = merge_settings(description.parameters, given.parameters);
  const auto network = launch::bind(session, *program, *experiment, settings);
  if (!network) return fail();
  const auto plan = launch::plan_of(session, *network);
  if (!plan) return fail();
  const auto variant = launch::find_variant(description, *plan);
  if (!variant) {
    report_fixed_parameters(session, *program, *experiment, given, description);
    return fail();
  }
  const auto output =
      launch::open_output(session, *network, description.file, arguments.seeds, arguments.output);
  if (!output) return launch::finish(session, launch::kRunFailed);
  const Codes codes(embedded, description, *variant, *plan);
  return run_plan(session, *network, *plan, codes, description, arguments, output->get());
}

}  // namespace

int run(const runtime::EmbeddedProgram& embedded, int argument_count,
        const char* const* arguments) {
  const launch::Description description = launch::parse_description(
      {embedded.description, static_cast<std::size_t>(embedded.description_bytes)});
  const auto parsed = parse_arguments(argument_count, arguments, description,
                                      [&] { return describe_parameters(description); });
  if (const int* code = std::get_if<int>(&parsed)) return *code;
  if (!fits_processor(description)) return launch::kRunFailed;
  return run_experiment(embedded, description, std::get<Arguments>(parsed));
}

}  // namespace bouton::standalone
