// Speeds of whole runs, in steps per second of CPU time, beside those of the published Python code
// (tests/reference/sal/f_speed.json):
//
//   bouton_speed [--rounds N] [--json FILE] [BOUTON...]
//
// Each BOUTON is a tool to be measured. In every round all of them run all workloads, one after the
// other, so that what slows the machine down for a while slows all of them down.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "bench/machine.h"
#include "bench/measured_run.h"

namespace bouton::bench {
namespace {

using nlohmann::json;

const std::string kSource = BOUTON_SOURCE_DIR "/";

struct Workload {
  std::string name;
  double steps;                    // of all replicas together
  std::string published;           // what the reference calls it
  std::vector<std::string> words;  // behind `bouton run`
};

// The published code spends 92 % of a training iteration in the sampler.
std::vector<Workload> workloads() {
  const std::string example = kSource + "examples/02_sampling_sal/main.bouton";
  const std::string sampling = kSource + "bench/programs/sampling.bouton";
  const std::vector<std::string> training = {example, "-q",         "-p", "lr_sal=[0.01]",
                                             "-p",    "epochs=599", "-p", "validation_factor=1"};
  std::vector<std::string> replicas = training;
  replicas.insert(replicas.end(), {"--seeds", "8"});
  return {{"sampling", 6e7, "sim_nl1", {sampling, "-q", "-p", "T=60000 s"}},
          {"training", 3e7, "train_iter_50000", training},
          {"training, 8 replicas in lanes", 2.4e8, "train_iter_50000", replicas}};
}

struct Options {
  int rounds = 5;
  std::string json_file;
  std::vector<std::string> tools;
};

Options read_options(int count, char** words) {
  Options options;
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    if (word == "--rounds" && i + 1 < count)
      options.rounds = std::max(1, std::stoi(words[++i]));
    else if (word == "--json" && i + 1 < count)
      options.json_file = words[++i];
    else
      options.tools.push_back(word);
  }
  return options;
}

double published_speed(const std::string& name) {
  std::ifstream stream(kSource + "tests/reference/sal/f_speed.json");
  return json::parse(stream)["speeds"][name]["steps_per_cpu_second"].get<double>();
}

struct Series {
  std::string tool;
  Workload workload;
  std::vector<double> speeds = {};  // steps per second of CPU time, one per round
};

// False if a run fails.
bool add_round(std::vector<Series>& all) {
  for (Series& one : all) {
    std::vector<std::string> command = {one.tool, "run"};
    command.insert(command.end(), one.workload.words.begin(), one.workload.words.end());
    const auto run = measure_run(command);
    if (!run) {
      fmt::print(stderr, "error: `{}` failed\n", fmt::join(command, " "));
      return false;
    }
    one.speeds.push_back(one.workload.steps / run->cpu_seconds);
  }
  return true;
}

double median(std::vector<double> numbers) {
  std::ranges::sort(numbers);
  const std::size_t middle = numbers.size() / 2;
  return numbers.size() % 2 == 1 ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) / 2;
}

json summary(const Series& one) {
  const double published = published_speed(one.workload.published);
  return {{"tool", one.tool},
          {"workload", one.workload.name},
          {"steps", one.workload.steps},
          {"steps_per_cpu_second", one.speeds},
          {"median", median(one.speeds)},
          {"published_steps_per_cpu_second", published},
          {"ratio", median(one.speeds) / published}};
}

void print_table(const std::vector<Series>& all) {
  fmt::print("{:32} {:>26} {:>10} {:>7}  {}\n", "workload", "M steps/s of CPU (range)", "published",
             "ratio", "tool");
  for (const Series& one : all) {
    const double middle = median(one.speeds);
    const double published = published_speed(one.workload.published);
    fmt::print("{:32} {:>26} {:>10.2f} {:>7.1f}  {}\n", one.workload.name,
               fmt::format("{:.1f} ({:.1f}-{:.1f})", middle / 1e6,
                           std::ranges::min(one.speeds) / 1e6, std::ranges::max(one.speeds) / 1e6),
               published / 1e6, middle / published, one.tool);
  }
}

int measure(const Options& options) {
  std::vector<Series> all;
  for (const Workload& workload : workloads())
    for (const std::string& tool : options.tools) all.push_back({tool, workload});
  const json machine = describe_machine();
  fmt::print("{}, {} cores, load {:.1f}, {} rounds\n", machine["processor"].get<std::string>(),
             machine["cores"].get<unsigned>(), machine["load"].get<double>(), options.rounds);
  for (int round = 0; round < options.rounds; ++round)
    if (!add_round(all)) return 1;
  print_table(all);
  if (options.json_file.empty()) return 0;
  json runs = json::array();
  for (const Series& one : all) runs.push_back(summary(one));
  std::ofstream(options.json_file) << json{{"machine", machine}, {"runs", runs}}.dump(1) << '\n';
  return 0;
}

}  // namespace
}  // namespace bouton::bench

int main(int count, char** words) {
  const auto options = bouton::bench::read_options(count, words);
  if (options.tools.empty()) {
    fmt::print(stderr, "usage: bouton_speed [--rounds N] [--json FILE] BOUTON...\n");
    return 2;
  }
  return bouton::bench::measure(options);
}
