#include "compiler/driver/timings.h"

#include <fmt/format.h>

#include <ctime>

namespace bouton::driver {

void Timings::end_phase(const std::string& name) {
  const auto now = Clock::now();
  phases_.emplace_back(name, std::chrono::duration<double>(now - last_).count());
  last_ = now;
}

void Timings::begin_steps() {
  const std::lock_guard lock(mutex_);
  if (first_step_) return;
  first_step_ = std::chrono::duration<double>(Clock::now() - begin_).count();
  cpu_until_then_ = static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

void Timings::add(const codegen::Costs& costs) { code_ += costs; }

std::string Timings::print() const {
  std::string text = "timings, in seconds:\n";
  const auto line = [&](const std::string& what, double seconds) {
    text += fmt::format("  {:<28}{:>9.4f}\n", what, seconds);
  };
  for (const auto& [name, seconds] : phases_) line(name, seconds);
  const std::lock_guard lock(mutex_);
  if (first_step_) {
    line("first step after", *first_step_);
    line("CPU time until then", cpu_until_then_);
  }
  text += fmt::format("  code: {} compiled, {} from the cache; of all threads together\n",
                      code_.made, code_.found);
  line("  emit, look up", code_.emit);
  line("  optimise", code_.optimise);
  line("  assemble", code_.assemble);
  if (first_step_) line("  load", code_.load);
  return text;
}

}  // namespace bouton::driver
