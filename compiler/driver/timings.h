// Where the time between the command line and the first step goes (`bouton run --timings`), or
// the end of `bouton build`.
#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/codegen/codegen.h"

namespace bouton::driver {

class Timings {
 public:
  // A phase ends that began when the last one ended.
  void end_phase(const std::string& name);
  // Native code of a schedule is about to run. The first call counts; any thread may call it.
  void begin_steps();
  void add(const codegen::Costs& costs);

  // One line each, in seconds.
  [[nodiscard]] std::string print() const;

 private:
  using Clock = std::chrono::steady_clock;

  Clock::time_point begin_ = Clock::now();
  Clock::time_point last_ = begin_;
  std::vector<std::pair<std::string, double>> phases_;
  mutable std::mutex mutex_;  // of the first step
  std::optional<double> first_step_;
  double cpu_until_then_ = 0;  // of the whole process: other threads, loading it
  codegen::Costs code_;
};

}  // namespace bouton::driver
