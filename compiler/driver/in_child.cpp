#include "compiler/driver/in_child.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

namespace bouton::driver {

std::optional<int> run_in_child(const std::function<int()>& function) {
  std::fflush(nullptr);  // or both would print it
  const pid_t child = ::fork();
  if (child < 0) return function();
  if (child == 0) {
    const int code = function();
    std::fflush(nullptr);
    ::_exit(code);
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0)
    if (errno != EINTR) return std::nullopt;
  return WIFEXITED(status) ? std::optional(WEXITSTATUS(status)) : std::nullopt;
}

}  // namespace bouton::driver
