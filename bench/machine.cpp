#include "bench/machine.h"

#include <array>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <string>
#include <thread>

namespace bouton::bench {

namespace {

std::string processor() {
  std::ifstream stream("/proc/cpuinfo");
  for (std::string line; std::getline(stream, line);)
    if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
  return "unknown";
}

std::string time_now() {
  const std::time_t now = std::time(nullptr);
  std::array<char, 32> text{};
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text.data();
}

}  // namespace

nlohmann::json describe_machine() {
  std::array<double, 1> load{};
  if (getloadavg(load.data(), 1) != 1) load[0] = -1;
  return {{"processor", processor()},
          {"cores", std::thread::hardware_concurrency()},
          {"load", load[0]},
          {"time", time_now()}};
}

}  // namespace bouton::bench
