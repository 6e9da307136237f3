#include "compiler/standalone/arguments.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <thread>

#include "compiler/launch/run_options.h"
#include "compiler/launch/session.h"
#include "compiler/launch/wrong_usage.h"

namespace bouton::standalone {

std::variant<Arguments, int> parse_arguments(int count, const char* const* arguments,
                                             const launch::Description& description,
                                             const std::function<std::string()>& list_parameters) {
  CLI::App app{
      fmt::format("Runs experiment `{}` of {}, compiled by Bouton {} for {} processors.\n"
                  "Exit codes: 0 success, 1 wrong parameters, 2 wrong usage, 3 the run failed or "
                  "an expectation\n"
                  "was not met, 130 interrupted.",
                  description.experiment, description.file, description.version, description.cpu)};
  app.name(std::filesystem::path(arguments[0]).filename().string());
  app.set_version_flag("--version", fmt::format("built by Bouton {}", description.version));
  app.failure_message(launch::describe_wrong_usage);
  Arguments result;
  result.directory = description.directory;
  launch::add_parameters(app, result.parameters);
  launch::add_seed(app, result.seed);
  launch::add_seeds(app, result.seeds);
  launch::add_threads(app, result.threads);
  app.add_option("--sweep", result.sweep, "run this sweep of the program, into one file")
      ->type_name("NAME");
  launch::add_output(app, result.output, "write what is recorded to an HDF5 file");
  app.add_option("--data", result.directory,
                 "folder that file names in the program are relative to")
      ->capture_default_str()
      ->type_name("FOLDER");
  launch::add_quiet(app, result.quiet);
  app.footer(list_parameters);
  try {
    app.parse(count, arguments);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? launch::kSuccess : launch::kWrongUsage;
  }
  return result;
}

}  // namespace bouton::standalone
