// The sub-commands of `bouton`. Each prints what it has to say and returns the exit code
// (options.cpp lists them).
#pragma once

#include "compiler/driver/options.h"
#include "compiler/launch/session.h"

namespace bouton::driver {

using launch::kInterrupted;
using launch::kProgramErrors;
using launch::kRunFailed;
using launch::kSuccess;

[[nodiscard]] int run(const RunOptions& options);
[[nodiscard]] int sweep(const SweepOptions& options);
[[nodiscard]] int build(const BuildOptions& options);
[[nodiscard]] int check(const CheckOptions& options);
[[nodiscard]] int format(const FormatOptions& options);
[[nodiscard]] int verify(const VerifyOptions& options);
[[nodiscard]] int explain(const ExplainOptions& options);
[[nodiscard]] int recover(const RecoverOptions& options);

}  // namespace bouton::driver
