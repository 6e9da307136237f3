// What the documentation says that the tool prints is what it prints. Each fence ```console holds a
// command line behind `$ `, run in a folder with the document's files, and its output.
// UPDATE_GOLDEN=1 in the environment writes the output into the document.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "tests/docs/examples.h"

namespace bouton::docs {
namespace {

namespace fs = std::filesystem;

struct Console {
  std::string command;  // without `$ `
  std::string output;
};

std::string read_file(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

// The folder holds the files that the document's examples are imported by.
fs::path make_folder(const fs::path& document) {
  const fs::path folder = fs::path(testing::TempDir()) / ("consoles_" + document.stem().string());
  fs::remove_all(folder);
  fs::create_directories(folder);
  for (const Example& example : read_examples(document))
    if (!example.file.empty()) std::ofstream(folder / example.file) << example.text;
  return folder;
}

// `bouton` is the tool of this build.
std::string run(const fs::path& folder, const std::string& command) {
  const std::string in_folder = "cd '" + folder.string() + "' && PATH='" +
                                (fs::path(BOUTON_BUILD_DIR) / "bin").string() + "':$PATH " +
                                command + " 2>&1";
  FILE* pipe = popen(in_folder.c_str(), "r");
  if (pipe == nullptr) return "the command does not start\n";
  std::string text;
  char buffer[4096];
  while (const std::size_t size = std::fread(buffer, 1, sizeof buffer, pipe))
    text.append(buffer, size);
  pclose(pipe);
  std::istringstream lines(text);
  std::string trimmed;
  for (std::string line; std::getline(lines, line);)
    trimmed += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  return trimmed;
}

// The document with the outputs of `print`, and every console in it.
template <typename Print>
std::string rewrite(const std::string& markdown, std::vector<Console>& consoles, Print print) {
  std::istringstream lines(markdown);
  std::string result;
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (inside && line == "```") inside = false;
    if (!inside) result += line + "\n";
    if (inside && line.starts_with("$ ")) {
      consoles.push_back({line.substr(2), ""});
      result += line + "\n" + print(consoles.back().command);
    } else if (inside) {
      consoles.back().output += line + "\n";
    }
    if (line == "```console") inside = true;
  }
  return result;
}

class Consoles : public testing::TestWithParam<fs::path> {};

TEST_P(Consoles, ShowWhatTheToolPrints) {
  const fs::path folder = make_folder(GetParam());
  std::vector<Console> consoles;
  const std::string markdown = read_file(GetParam());
  const std::string now =
      rewrite(markdown, consoles, [&](const std::string& command) { return run(folder, command); });
  if (std::getenv("UPDATE_GOLDEN") != nullptr && now != markdown) {
    std::ofstream(GetParam(), std::ios::binary) << now;
    std::printf("written: %s\n", GetParam().c_str());
    return;
  }
  for (const Console& console : consoles)
    EXPECT_EQ(console.output, run(folder, console.command)) << "$ " << console.command;
}

std::string name_of_document(const testing::TestParamInfo<fs::path>& info) {
  return info.param.stem().string();
}
INSTANTIATE_TEST_SUITE_P(Documentation, Consoles, testing::ValuesIn(documents()), name_of_document);

TEST(Consoles, OfExplainAndVerifyAreThere) {
  std::vector<Console> consoles;
  const std::string markdown = read_file(fs::path(BOUTON_SOURCE_DIR) / "docs/explain.md");
  rewrite(markdown, consoles, [](const std::string&) { return std::string(); });
  EXPECT_GE(consoles.size(), 3U);
}

}  // namespace
}  // namespace bouton::docs
