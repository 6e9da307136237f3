#include "compiler/standalone/arguments.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <thread>

#include "compiler/launch/session.h"

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
  Arguments result;
  result.directory = description.directory;
  app.add_option("-p,--param", result.parameters, "set a parameter, such as tau_ref='20 ms'")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
  app.add_option("--seed", result.seed, "seed of all random numbers (default: 0)")
      ->check(CLI::NonNegativeNumber);
  app.add_option("--seeds", result.seeds,
                 "replicas, with consecutive seeds, side by side in vector lanes")
      ->check(CLI::Range(1, 1 << 20));
  app.add_option_function<int>(
         "--threads",
         [&](const int& number) {
           const auto all = static_cast<int>(std::thread::hardware_concurrency());
           result.threads = number > 0 ? number : std::max(1, all);
         },
         "replicas or blocks of them at the same time; 0: as many as the machine has processors "
         "(default: 1)")
      ->check(CLI::Range(0, 1024))
      ->type_name("N");
  app.add_option("--sweep", result.sweep, "run this sweep of the program, into one file")
      ->type_name("NAME");
  app.add_option("-o,--output", result.output.file, "write what is recorded to an HDF5 file")
      ->type_name("FILE.h5");
  app.add_flag("--resume", result.output.resume,
               "go on where the run that wrote this output was left");
  app.add_option("--checkpoint-every", result.output.checkpoint_every,
                 "seconds between checkpoints of a run with an output; 0: only when it is "
                 "interrupted")
      ->capture_default_str()
      ->check(CLI::NonNegativeNumber);
  app.add_option("--data", result.directory,
                 "folder that file names in the program are relative to")
      ->capture_default_str()
      ->type_name("FOLDER");
  app.add_flag("-q,--quiet", result.quiet,
               "no progress and no rows, only printed lines and the result hash");
  app.footer(list_parameters);
  try {
    app.parse(count, arguments);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? launch::kSuccess : launch::kWrongUsage;
  }
  return result;
}

}  // namespace bouton::standalone
