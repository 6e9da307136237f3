// What a built executable finds in its own image: C structures that code generation lays out as
// data of the object file and the executable's main program reads.
#pragma once

#include <cstdint>

#include "runtime/program/layout.h"

namespace bouton::runtime {

// Machine code for blocks of that many lanes. Functions by schedule and by kernel; kernels that
// only run inside of schedules are null.
struct EmbeddedCode {
  std::int64_t lanes = 0;
  const AdvanceFunction* advance = nullptr;
  std::int64_t advance_count = 0;
  const KernelFunction* kernels = nullptr;
  std::int64_t kernel_count = 0;
};

struct EmbeddedProgram {
  const char* description = nullptr;  // compiler/launch/description.h
  std::int64_t description_bytes = 0;
  const EmbeddedCode* const* codes = nullptr;  // ordered as the description says
  std::int64_t code_count = 0;
};

// The name of the one EmbeddedProgram.
inline constexpr const char* kEmbeddedProgramName = "bouton_embedded_program";

}  // namespace bouton::runtime
