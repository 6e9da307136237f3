#include "tests/docs/examples.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>

namespace bouton::docs {

namespace fs = std::filesystem;

namespace {

const std::string kFence = "```";
const std::string kRoomForStatements = "# the statements stand here";

std::string read_file(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  EXPECT_TRUE(stream.is_open()) << path;
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

// The value of `name="value"` in the line of an opening fence.
std::optional<std::string> attribute(const std::string& line, const std::string& name) {
  std::smatch found;
  if (!std::regex_search(line, found, std::regex(name + "=\"([^\"]*)\""))) return std::nullopt;
  return found[1].str();
}

Example open_example(const std::string& document, std::size_t line, const std::string& fence) {
  Example example;
  example.document = document;
  example.line = line;
  example.file = attribute(fence, "file").value_or("");
  example.error = attribute(fence, "error");
  std::smatch part;
  if (std::regex_search(fence, part, std::regex("^```bouton ([a-z]+)( |$)")))
    example.part = part[1].str();
  return example;
}

}  // namespace

std::vector<fs::path> documents() {
  const fs::path root = BOUTON_SOURCE_DIR;
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(root / "docs"))
    if (entry.path().extension() == ".md") found.push_back(entry.path());
  std::ranges::sort(found);
  found.push_back(root / "README.md");
  return found;
}

std::vector<Example> find_examples(const std::string& document, const std::string& markdown) {
  std::vector<Example> examples;
  std::istringstream lines(markdown);
  std::string line;
  bool inside = false;
  bool taken = false;
  for (std::size_t number = 1; std::getline(lines, line); ++number) {
    if (line.starts_with(kFence)) {
      inside = !inside;
      taken = inside && std::regex_search(line, std::regex("^```bouton( |$)"));
      if (taken) examples.push_back(open_example(document, number, line));
    } else if (inside && taken) {
      examples.back().text += line + "\n";
    }
  }
  return examples;
}

std::vector<Example> read_examples(const fs::path& document) {
  return find_examples(fs::relative(document, BOUTON_SOURCE_DIR).string(), read_file(document));
}

std::string complete(const Example& example, const std::string& frame) {
  if (example.part == "neuron" || example.part == "synapse" || example.part == "rule")
    return example.part + " Example {\n" + example.text + "}\n";
  if (example.part != "experiment") return example.text;
  std::string whole = frame;
  const std::size_t room = whole.find(kRoomForStatements);
  if (room == std::string::npos) return {};
  return whole.replace(room, kRoomForStatements.size(), example.text);
}

}  // namespace bouton::docs
