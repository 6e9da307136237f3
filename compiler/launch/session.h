// What one invocation reads and says.
#pragma once

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/source/source_map.h"

namespace bouton::launch {

struct Session {
  source::SourceMap sources;
  diagnostics::Diagnostics diagnostics;
};

inline constexpr int kSuccess = 0;
inline constexpr int kProgramErrors = 1;
inline constexpr int kWrongUsage = 2;
inline constexpr int kRunFailed = 3;
inline constexpr int kInterrupted = 130;

}  // namespace bouton::launch
