// Object files -> executable, by the C++ compiler driver that is found in PATH.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace bouton::driver {

struct LinkFailure {
  std::string message;
  std::string hint;
  std::string output;  // what the linker said
};

// Links objects (name, bytes) with the archive that is shipped beside the tool. `output` is
// replaced when all is done. Nothing, or why there is no executable.
[[nodiscard]] std::optional<LinkFailure> link_executable(
    const std::vector<std::pair<std::string, std::string>>& objects, const std::string& output);

}  // namespace bouton::driver
