#include "tests/support/programs/isolated.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>

namespace bouton::fuzz {

namespace {

[[noreturn]] void be_child(const std::function<std::string()>& work, int seconds, int output) {
  const rlimit limit{static_cast<rlim_t>(seconds), static_cast<rlim_t>(seconds + 1)};
  setrlimit(RLIMIT_CPU, &limit);
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  dup2(output, STDERR_FILENO);
  const std::string said = work();
  std::size_t written = 0;
  while (written < said.size()) {
    const ssize_t count = write(output, said.data() + written, said.size() - written);
    if (count <= 0) break;
    written += static_cast<std::size_t>(count);
  }
  _exit(0);
}

std::string read_all(int input) {
  std::string text;
  std::array<char, 4096> buffer{};
  ssize_t count = 0;
  while ((count = read(input, buffer.data(), buffer.size())) > 0)
    text.append(buffer.data(), static_cast<std::size_t>(count));
  return text;
}

}  // namespace

Ending run_isolated(const std::function<std::string()>& work, int seconds) {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) return {"no pipe", true, false};
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child < 0) return {"no process", true, false};
  if (child == 0) {
    close(ends[0]);
    be_child(work, seconds, ends[1]);
  }
  close(ends[1]);
  Ending ending;
  ending.said = read_all(ends[0]);
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  ending.fatal = !WIFEXITED(status) || WEXITSTATUS(status) != 0;
  ending.late = WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL);
  return ending;
}

}  // namespace bouton::fuzz
