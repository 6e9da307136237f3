// Programs run as a user runs them.
#pragma once

#include <string>

namespace bouton::executable {

struct Said {
  int code = -1;
  std::string output;  // of both streams, in order
};
// Words go to a shell as they are.
[[nodiscard]] Said run_command(const std::string& command);

[[nodiscard]] std::string bouton();  // the tool of this build
// A file name in a folder of this process, which is removed when it ends.
[[nodiscard]] std::string temporary(const std::string& name);

// The line `seed 3: results 0123456789abcdef` and its like, one after the other.
[[nodiscard]] std::string hashes(const std::string& output);

}  // namespace bouton::executable
