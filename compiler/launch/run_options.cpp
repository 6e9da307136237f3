#include "compiler/launch/run_options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <limits>
#include <map>
#include <thread>

namespace bouton::launch {

namespace {

// Seconds.
const std::map<std::string, double> kDurations = {{"s", 1}, {"min", 60}, {"h", 3600}};

std::string check_seed(const std::string& word) {
  std::uint64_t seed = 0;
  const char* end = word.data() + word.size();
  const auto [read, error] = std::from_chars(word.data(), end, seed);
  if (error == std::errc() && read == end) return "";
  return fmt::format("`{}` is no whole number from 0 to {}", word,
                     std::numeric_limits<std::uint64_t>::max());
}

constexpr int kMostThreads = 1024;

std::string check_threads(const std::string& word) {
  int threads = -1;
  const char* end = word.data() + word.size();
  const auto [read, error] = std::from_chars(word.data(), end, threads);
  if (error == std::errc() && read == end && threads >= 0 && threads <= kMostThreads) return "";
  return fmt::format("`{}` is no whole number from 0 (one per processor) to {}", word,
                     kMostThreads);
}

std::string check_not_negative(const std::string& word) {
  return word.starts_with('-') ? fmt::format("`{}` is negative", word) : "";
}

template <typename Number>
void add_seeds_option(CLI::App& command, Number& seeds) {
  command
      .add_option("--seeds", seeds,
                  "replicas, with consecutive seeds, side by side in vector lanes")
      ->check(CLI::Range(1, 1 << 20));
}

}  // namespace

std::string check_file_name(const std::string& name) {
  return name.empty() ? "the name of the file is empty" : "";
}

void add_parameters(CLI::App& command, std::vector<std::string>& parameters) {
  command
      .add_option("-p,--param", parameters,
                  "set a parameter of the experiment, such as tau_ref='20 ms'")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
}

void add_seed(CLI::App& command, std::optional<std::uint64_t>& seed) {
  command.add_option("--seed", seed, "seed of all random numbers (default: 0)")
      ->check(CLI::Validator(check_seed, ""));
}

void add_seeds(CLI::App& command, int& seeds) { add_seeds_option(command, seeds); }
void add_seeds(CLI::App& command, std::optional<int>& seeds) { add_seeds_option(command, seeds); }

void add_threads(CLI::App& command, int& threads) {
  const auto set = [&threads](const int& number) {
    const auto all = static_cast<int>(std::thread::hardware_concurrency());
    threads = number > 0 ? number : std::max(1, all);
  };
  command
      .add_option_function<int>(
          "--threads", set,
          "replicas or blocks of them at the same time; 0: as many as the machine has processors "
          "(default: 1); results do not depend on it")
      ->check(CLI::Validator(check_threads, ""))
      ->type_name("N");
}

void add_output(CLI::App& command, OutputSettings& output, const std::string& what) {
  command.add_option("-o,--output", output.file, what)
      ->check(CLI::Validator(check_file_name, ""))
      ->type_name("FILE.h5");
  command.add_flag("--resume", output.resume,
                   "go on where the run that wrote this output was left");
  command
      .add_option("--checkpoint-every", output.checkpoint_every,
                  "time between checkpoints of a run with an output, such as 30s, 10min or 2h; 0: "
                  "only when it is interrupted (default: 10min)")
      ->check(CLI::Validator(check_not_negative, ""))
      ->transform(CLI::AsNumberWithUnit(kDurations, CLI::AsNumberWithUnit::CASE_SENSITIVE, "TIME"));
}

void add_quiet(CLI::App& command, bool& quiet) {
  command.add_flag("-q,--quiet", quiet,
                   "no progress and no rows, only printed lines and the result hash");
}

}  // namespace bouton::launch
