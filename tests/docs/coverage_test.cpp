// The documentation speaks of every folder, every definition of the standard library, and every
// rule that the sources cite by number.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace bouton::docs {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const fs::path kRoot = BOUTON_SOURCE_DIR;

std::string read_file(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  EXPECT_TRUE(stream.is_open()) << path;
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::vector<fs::path> files_below(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) files.push_back(entry.path());
  return files;
}

// The first group of every match.
std::set<std::string> find_all(const std::string& text, const std::regex& pattern) {
  std::set<std::string> found;
  for (std::sregex_iterator it(text.begin(), text.end(), pattern), end; it != end; ++it)
    found.insert((*it)[1].str());
  return found;
}

TEST(Catalogue, ListsEveryDefinitionOfTheStandardLibrary) {
  const std::string catalogue = read_file(kRoot / "docs/stdlib.md");
  static const std::regex kDefinition("(?:^|\n)(?:neuron|synapse|rule|function) ([A-Za-z_0-9]+)");
  std::size_t modules = 0;
  for (const fs::path& file : files_below(kRoot / "stdlib")) {
    ++modules;
    const std::string folder = file.parent_path().filename().string();
    EXPECT_THAT(catalogue, HasSubstr("`" + folder + "." + file.stem().string() + "`"));
    for (const std::string& name : find_all(read_file(file), kDefinition))
      EXPECT_THAT(catalogue, HasSubstr("`" + name + "(")) << file;
  }
  EXPECT_GE(modules, 4U);
}

std::set<std::string> folders_in(const char* folder) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(kRoot / folder))
    if (entry.is_directory()) names.insert(entry.path().filename().string());
  return names;
}

TEST(ArchitecturePage, SpeaksOfEveryFolder) {
  const std::string page = read_file(kRoot / "docs/architecture.md");
  for (const std::string& name : folders_in("compiler"))
    EXPECT_THAT(page, HasSubstr("| `compiler/" + name + "` |"));
  for (const std::string& name : folders_in("runtime")) EXPECT_THAT(page, HasSubstr(name));
}

TEST(Reference, HoldsEveryRuleThatTheSourcesCite) {
  const std::string reference = read_file(kRoot / "docs/language.md");
  static const std::regex kCitation("SEMANTICS ([0-9]+)");
  std::set<std::string> cited;
  for (const char* folder : {"compiler", "runtime"})
    for (const fs::path& file : files_below(kRoot / folder))
      cited.merge(find_all(read_file(file), kCitation));
  EXPECT_GT(cited.size(), 10U);
  for (const std::string& number : cited)
    EXPECT_TRUE(std::regex_search(reference, std::regex("\\*\\*\\(" + number + "[,)]"))) << number;
}

}  // namespace
}  // namespace bouton::docs
