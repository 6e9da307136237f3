// A function in a process of its own: whatever it does to itself, the caller lives and is told.
#pragma once

#include <functional>
#include <string>

namespace bouton::fuzz {

struct Ending {
  std::string said;    // what `work` returned, or the last words on standard error
  bool fatal = false;  // ended by a signal or with another exit code
  bool late = false;   // ended because it took more than the seconds of computing given to it
};

[[nodiscard]] Ending run_isolated(const std::function<std::string()>& work, int seconds);

}  // namespace bouton::fuzz
