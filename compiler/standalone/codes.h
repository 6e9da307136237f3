// The machine code in the executable's image, made usable for one plan.
#pragma once

#include <map>
#include <vector>

#include "compiler/launch/description.h"
#include "runtime/host/execute.h"
#include "runtime/program/embedded.h"

namespace bouton::standalone {

class Codes {
 public:
  // The code of one variant, which serves the plan.
  Codes(const runtime::EmbeddedProgram& embedded, const launch::Description& description,
        std::size_t variant, const plan::Plan& plan);

  // For one of the description's widths; valid as long as this object.
  [[nodiscard]] runtime::Code get(int lanes) const;

 private:
  struct Entry {
    runtime::ArenaLayout layout;
    std::vector<runtime::AdvanceFunction> advance;
    std::vector<runtime::KernelFunction> kernels;
    std::vector<std::uint64_t> table;
  };
  std::map<int, Entry> entries_;
};

}  // namespace bouton::standalone
