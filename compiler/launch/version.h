// The version of this compiler, as `--version` and result files say it.
#pragma once

namespace bouton::launch {

inline constexpr const char* kVersion = "0.1.0";

}  // namespace bouton::launch
