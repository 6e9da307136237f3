#include "compiler/launch/streams.h"

#include <fcntl.h>
#include <unistd.h>

#include <exception>
#include <new>

#include "compiler/launch/session.h"

namespace bouton::launch {

void open_missing_streams() {
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (::fcntl(descriptor, F_GETFD) < 0 && ::open("/dev/null", O_RDWR) < 0) return;
}

// Lines of both streams stand in the order in which they were said, where both go to one place.
void write(std::FILE* stream, const std::string& text) {
  if (stream == stderr) std::fflush(stdout);
  static_cast<void>(std::fwrite(text.data(), 1, text.size(), stream));
}

int close_streams(int code) {
  const bool lost = std::fflush(stdout) != 0 || std::ferror(stdout) != 0;
  if (!lost) return code;
  std::fputs("error: what was to be printed could not be written\n", stderr);
  return code == kSuccess ? kRunFailed : code;
}

int run_guarded(int (*command)(int, char**), int argument_count, char** arguments) {
  open_missing_streams();
  try {
    return close_streams(command(argument_count, arguments));
  } catch (const std::bad_alloc&) {
    std::fputs("error: there is not enough memory for this experiment\n", stderr);
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "error: %s\n", problem.what());
  }
  return close_streams(kRunFailed);
}

}  // namespace bouton::launch
