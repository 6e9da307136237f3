#include "compiler/standalone/standalone.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "compiler/image/program.h"
#include "compiler/launch/console.h"
#include "compiler/launch/describe_run.h"
#include "compiler/launch/output.h"
#include "compiler/launch/parameter_list.h"
#include "compiler/launch/pipeline.h"
#include "compiler/launch/replicas.h"
#include "compiler/launch/report.h"
#include "compiler/launch/resources.h"
#include "compiler/launch/streams.h"
#include "compiler/launch/sweep_points.h"
#include "compiler/standalone/arguments.h"
#include "compiler/standalone/codes.h"
#include "compiler/standalone/fixed_parameters.h"
#include "compiler/standalone/sweep.h"
#include "runtime/program/cpu_features.h"

namespace bouton::standalone {

namespace {

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
  return id ? launch::list_parameters(session, program->experiments[*id], description) : "";
}

launch::Settings settings_of(const launch::Description& description, const Arguments& arguments) {
  return {merge_settings(description.parameters, arguments.parameters), arguments.seed,
          description.precision, arguments.directory};
}

int run_plan(Session& session, const elaborate::Network& network, const plan::Plan& plan,
             const Codes& codes, const launch::Description& description, const Arguments& arguments,
             const launch::ColumnUnits& units, runtime::RunOutput* output) {
  const int seeds = arguments.seeds.value_or(1);
  const auto made = std::make_shared<const launch::PointProgram>(
      launch::PointProgram{image::build_program(plan, arguments.directory),
                           [&](int lanes) { return codes.get(lanes); }});
  launch::print_messages(session);
  launch::listen_for_interrupts();
  double seconds = 0;
  std::optional<std::vector<runtime::ReplicaOutcome>> outcomes;
  {
    launch::Console console({arguments.quiet, seeds, {}, true, units});
    outcomes = launch::run_replicas(
        {network.seed, seeds, description.widths, 1, arguments.threads}, [&](int) { return made; },
        console, output);
    seconds = console.seconds_worked();
  }
  return launch::report_outcomes(
      session, output, {arguments.quiet, description.precision, network.seed, seconds, units},
      *outcomes);
}

int run_experiment(Session& session, const model::Program& program,
                   const runtime::EmbeddedProgram& embedded, const launch::Description& description,
                   const Arguments& arguments) {
  if (!launch::has_output_needed(arguments.output)) return launch::kWrongUsage;
  const auto fail = [&] { return launch::finish(session, launch::kProgramErrors); };
  const auto experiment =
      launch::find_experiment(session, program, description.file, description.experiment);
  if (!experiment) return fail();
  const auto network =
      launch::bind(session, program, *experiment, settings_of(description, arguments));
  if (!network) return fail();
  const auto plan = launch::plan_of(session, *network);
  if (!plan) return fail();
  const auto variant = launch::find_variant(description, *plan);
  if (!variant) {
    const launch::Settings given{arguments.parameters, arguments.seed, description.precision,
                                 arguments.directory};
    report_fixed_parameters(session, program, *experiment, given, description);
    return fail();
  }
  if (!launch::has_room_for_run(*network, arguments.seeds.value_or(1), arguments.output))
    return launch::finish(session, launch::kRunFailed);
  const runtime::RunDescription run =
      launch::describe_run(session, *network, description.file, arguments.seeds.value_or(1));
  const auto output = launch::open_output(session, run, arguments.output);
  if (!output) return launch::finish(session, launch::kRunFailed);
  const Codes codes(embedded, description, *variant, *plan);
  return run_plan(session, *network, *plan, codes, description, arguments,
                  launch::ColumnUnits(run.tables), output->get());
}

// The values that it was built with are defaults: axes take their place.
launch::Description without_axes(launch::Description description, const model::Program& program,
                                 const model::Sweep& sweep) {
  const model::Scope& scope = program.experiments[sweep.experiment].scope;
  std::erase_if(description.parameters, [&](const std::string& setting) {
    return std::ranges::any_of(sweep.axes, [&](const model::SweepAxis& axis) {
      return setting.starts_with(scope[axis.parameter].name + "=");
    });
  });
  return description;
}

int run_sweep_of(Session& session, const model::Program& program,
                 const runtime::EmbeddedProgram& embedded, const launch::Description& description,
                 const Arguments& arguments) {
  const model::Sweep* sweep =
      launch::find_sweep(session, program, description.file, *arguments.sweep);
  if (sweep == nullptr) return launch::finish(session, launch::kProgramErrors);
  const launch::Settings settings =
      settings_of(without_axes(description, program, *sweep), arguments);
  return run_sweep(session, program, embedded, description,
                   {description.file, sweep->name, settings, arguments.seeds, arguments.threads,
                    arguments.quiet, arguments.output, description.widths});
}

int run_program(const runtime::EmbeddedProgram& embedded, const launch::Description& description,
                const Arguments& arguments) {
  Session session;
  embed_sources(session, description);
  const auto program = launch::check_file(session, description.file);
  if (!program) return launch::finish(session, launch::kProgramErrors);
  if (!arguments.sweep) return run_experiment(session, *program, embedded, description, arguments);
  return run_sweep_of(session, *program, embedded, description, arguments);
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
  return run_program(embedded, description, std::get<Arguments>(parsed));
}

}  // namespace bouton::standalone
