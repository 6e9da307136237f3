// The machine code in the executable's image, made usable for one plan.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "compiler/image/pool.h"
#include "runtime/host/execute.h"
#include "runtime/program/embedded.h"

namespace bouton::standalone {

class Codes {
 public:
  Codes(const runtime::EmbeddedProgram& embedded, const plan::Plan& plan, const image::Pool& pool);

  // Numbers of lanes for which there is code, largest first.
  [[nodiscard]] const std::vector<int>& widths() const { return widths_; }
  // Of one of them; valid as long as this object.
  [[nodiscard]] runtime::Code get(int lanes) const;

 private:
  struct Entry {
    runtime::ArenaLayout layout;
    std::vector<runtime::AdvanceFunction> advance;
    std::vector<runtime::KernelFunction> kernels;
    std::vector<std::uint64_t> table;
  };
  std::vector<int> widths_;
  std::map<int, Entry> entries_;
};

}  // namespace bouton::standalone
