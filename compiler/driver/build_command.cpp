
#include <fmt/format.h>

#include <filesystem>

#include "compiler/codegen/codegen.h"
#include "compiler/driver/commands.h"
#include "compiler/driver/kept_code.h"
#include "compiler/driver/link.h"
#include "compiler/driver/not_run_yet.h"
#include "compiler/driver/replicas.h"
#include "compiler/driver/timings.h"
#include "compiler/launch/description.h"
#include "compiler/launch/output.h"
#include "compiler/launch/pipeline.h"
#include "compiler/launch/report.h"
#include "compiler/launch/streams.h"
#include "compiler/launch/variability.h"
#include "compiler/launch/version.h"

namespace bouton::driver {

namespace {

using launch::Session;
using Objects = std::vector<std::pair<std::string, std::string>>;

int fail(const std::string& message, const std::string& hint) {
  launch::print_error("error: {}\nhint: {}\n", message, hint);
  return kRunFailed;
}

// Code that contains all numbers is fastest and serves the parameters of build time; with constants
// in the table it serves others, and with sizes too most of them.
std::vector<launch::Variant> variants_of(const plan::Plan& plan, const image::Pool& pool) {
  std::vector<launch::Variant> variants;
  variants.push_back({{}, image::code_shape(plan, {})});
  const image::Pool constants{pool.constants, {}};
  if (!pool.constants.empty()) variants.push_back({constants, image::code_shape(plan, constants)});
  if (!pool.extents.empty()) variants.push_back({pool, image::code_shape(plan, pool)});
  return variants;
}

// What an executable of this network has to know; the parts that do not depend on code.
launch::Description describe(const Session& session, const BuildOptions& options,
                             const elaborate::Network& network) {
  launch::Description description;
  description.version = launch::kVersion;
  description.file = options.file;
  for (const source::FileId file : session.sources.loaded_files())
    description.sources.emplace_back(session.sources.name(file), session.sources.text(file));
  description.experiment = network.source().name;
  description.directory =
      std::filesystem::absolute(network.source_directory).lexically_normal().string();
  description.parameters = options.parameters;
  description.precision = options.precision;
  description.cpu = options.cpu;
  return description;
}

std::variant<Objects, codegen::Failure> compile_objects(const plan::Plan& plan,
                                                        const BuildOptions& options,
                                                        const launch::Description& description,
                                                        Timings& timings) {
  KeptCode kept(options.cache);
  codegen::Costs costs;
  Objects objects;
  std::vector<std::string> symbols;
  for (const launch::Variant& variant : description.variants) {
    for (const int lanes : kLaneWidths) {
      codegen::Options code{lanes, 8, options.optimisation, options.cpu};
      code.pool = variant.pool;
      code.features = description.features;
      symbols.push_back(fmt::format("bouton_code_{}", symbols.size()));
      auto object = codegen::compile_object(plan, code, symbols.back(), kept.cache(), costs);
      if (auto* failure = std::get_if<codegen::Failure>(&object)) return *failure;
      objects.emplace_back(symbols.back() + ".o", std::get<std::string>(std::move(object)));
    }
  }
  auto data = codegen::compile_description(launch::print_description(description), symbols);
  if (auto* failure = std::get_if<codegen::Failure>(&data)) return *failure;
  objects.emplace_back("description.o", std::get<std::string>(std::move(data)));
  timings.add(costs);
  return objects;
}

int link(const Objects& objects, const std::string& output) {
  if (const auto failure = link_executable(objects, output)) {
    if (!failure->output.empty()) launch::print_error("{}", failure->output);
    return fail(failure->message, failure->hint);
  }
  const double megabytes = static_cast<double>(std::filesystem::file_size(output)) / 1e6;
  launch::print("written to {} ({:.1f} MB)\n", output, megabytes);
  return kSuccess;
}

}  // namespace

int build(const BuildOptions& options) {
  Timings timings;
  Session session;
  const auto wrong = [&] { return launch::finish(session, kProgramErrors); };
  const auto features = codegen::features_of(options.cpu);
  if (const auto* failure = std::get_if<codegen::Failure>(&features))
    return fail(failure->message, "`--cpu` takes `native` or a name such as `x86-64-v3`");
  const auto program = launch::check_file(session, options.file);
  if (!program) return wrong();
  timings.end_phase("read and check");
  const auto experiment =
      launch::find_experiment(session, *program, options.file, options.experiment);
  if (!experiment) return wrong();
  const launch::Settings settings{options.parameters, std::nullopt, options.precision,
                                  launch::directory_of(options.file)};
  const auto network = launch::bind(session, *program, *experiment, settings);
  if (!network) return wrong();
  timings.end_phase("bind parameters");
  const auto plan = launch::plan_of(session, *network);
  if (!plan) {
    suggest_interpreter(session, *network);
    return wrong();
  }
  timings.end_phase("plan");
  if (!launch::can_write_executable(session, options.output))
    return launch::finish(session, kRunFailed);
  launch::Description description = describe(session, options, *network);
  description.features = std::get<std::vector<std::string>>(features);
  launch::Variability variability = launch::find_variability(*network, settings, *plan);
  description.variants = variants_of(*plan, variability.pool);
  description.widths.assign(kLaneWidths.begin(), kLaneWidths.end());
  description.fixed = std::move(variability.fixed);
  description.partly = std::move(variability.partly);
  timings.end_phase("what parameters change");
  const auto objects = compile_objects(*plan, options, description, timings);
  if (const auto* failure = std::get_if<codegen::Failure>(&objects)) {
    session.diagnostics.report(diagnostics::Kind::NoCode, {}, {plan->name, failure->message});
    return wrong();
  }
  timings.end_phase("compile");
  const int code = link(std::get<Objects>(objects), options.output);
  timings.end_phase("link");
  if (options.timings) launch::print_error("{}", timings.print());
  return launch::finish(session, code);
}

}  // namespace bouton::driver
