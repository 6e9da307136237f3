#include "tests/support/command/command.h"

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <sstream>

#include "compiler/base/temporary_folder.h"

namespace bouton::executable {

Said run_command(const std::string& command) {
  Said said;
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return said;
  std::array<char, 4096> bytes{};
  for (std::size_t count = 0; (count = fread(bytes.data(), 1, bytes.size(), pipe)) > 0;)
    said.output.append(bytes.data(), count);
  const int status = pclose(pipe);
  if (WIFEXITED(status)) said.code = WEXITSTATUS(status);
  return said;
}

std::string bouton() { return BOUTON_BUILD_DIR "/bin/bouton"; }

std::string temporary(const std::string& name) {
  static const TemporaryFolder folder;
  return (folder.path() / name).string();
}

std::string hashes(const std::string& output) {
  std::string found;
  std::istringstream lines(output);
  for (std::string line; std::getline(lines, line);)
    if (line.find(": results ") != std::string::npos) found += line + "\n";
  return found;
}

}  // namespace bouton::executable
