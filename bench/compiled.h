// Programs of this folder and the examples as native code that benchmarks run again and again. What
// cannot be compiled ends the benchmark with its messages.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "compiler/driver/pipeline.h"
#include "runtime/host/outcome.h"

namespace bouton::bench {

struct Source {
  std::string file;  // below the source folder
  std::string experiment;
  std::vector<std::string> parameters = {};  // name=value
};

// A compiled program; what it refers to lives as long.
class Compiled {
 public:
  explicit Compiled(const Source& source);
  [[nodiscard]] runtime::ReplicaOutcome run() const;
  // CPU seconds of one run.
  [[nodiscard]] double measure() const;

 private:
  std::unique_ptr<driver::Session> session_;
  driver::Executable executable_;
};

[[nodiscard]] std::string path_of(const std::string& file);

// The phases up to the concrete network.
[[nodiscard]] elaborate::Network elaborate_source(driver::Session& session,
                                                  const model::Program& program,
                                                  const Source& source);

// Prints all messages and ends the process.
[[noreturn]] void give_up(const driver::Session& session);

}  // namespace bouton::bench
