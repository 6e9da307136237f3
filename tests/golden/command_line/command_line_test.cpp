// What the tool prints, all of it, and its exit code. Each NAME.command in this folder is a command
// line, run here; NAME.txt is what comes of it.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <memory>
#include <regex>
#include <vector>

#include "tests/golden/support/golden.h"

namespace bouton::golden {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = fs::path(BOUTON_SOURCE_DIR) / "tests/golden/command_line";
const fs::path kTool = fs::path(BOUTON_BUILD_DIR) / "bin/bouton";

std::vector<fs::path> commands() {
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(kFolder))
    if (entry.path().extension() == ".command") found.push_back(entry.path());
  std::ranges::sort(found);
  return found;
}

// Both streams in the order in which they were written, then the exit code.
std::string output_of(std::string arguments) {
  arguments.erase(arguments.find_last_not_of('\n') + 1);
  const std::string command =
      "cd '" + kFolder.string() + "' && '" + kTool.string() + "' " + arguments + " 2>&1";
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return "the tool does not start\n";
  std::string text = "$ bouton " + arguments + "\n";
  char buffer[4096];
  while (const std::size_t size = std::fread(buffer, 1, sizeof buffer, pipe))
    text.append(buffer, size);
  const int status = pclose(pipe);
  text = std::regex_replace(text, std::regex("steps in [0-9.]* m?s.*"), "steps in …");
  return text + "exit code " + std::to_string(WEXITSTATUS(status)) + "\n";
}

class CommandLine : public testing::TestWithParam<fs::path> {};

TEST_P(CommandLine, PrintsWhatIsRecorded) {
  const std::string output = output_of(read_text(GetParam()));
  EXPECT_TRUE(matches_golden(fs::path(GetParam()).replace_extension(".txt"), output));
}

std::string test_name(const testing::TestParamInfo<fs::path>& info) {
  std::string name = info.param.stem().string();
  std::ranges::replace_if(name, [](unsigned char c) { return !std::isalnum(c); }, '_');
  return name;
}
INSTANTIATE_TEST_SUITE_P(Golden, CommandLine, testing::ValuesIn(commands()), test_name);

}  // namespace
}  // namespace bouton::golden
