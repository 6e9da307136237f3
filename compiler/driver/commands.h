// The sub-commands of `bouton`. Each prints what it has to say and returns the exit code
// (options.cpp lists them).
#pragma once

#include "compiler/driver/options.h"

namespace bouton::driver {

inline constexpr int kSuccess = 0;
inline constexpr int kProgramErrors = 1;
inline constexpr int kRunFailed = 3;
inline constexpr int kInterrupted = 130;

[[nodiscard]] int run(const RunOptions& options);
[[nodiscard]] int check(const CheckOptions& options);
[[nodiscard]] int format(const FormatOptions& options);
[[nodiscard]] int verify(const VerifyOptions& options);

}  // namespace bouton::driver
