// The sources against the table of folders (folders.cpp) and the rules on single files (rules.h).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include "tests/unit/architecture/folders.h"
#include "tests/unit/architecture/rules.h"

namespace bouton::architecture {
namespace {

namespace fs = std::filesystem;
using testing::IsEmpty;

const fs::path kRoot = BOUTON_SOURCE_DIR;

std::string read(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

bool is_source(const fs::path& path) {
  static const std::set<std::string> kExtensions = {".h", ".cpp", ".c", ".inc"};
  return kExtensions.contains(path.extension().string());
}

std::vector<SourceFile> read_sources(const std::vector<std::string>& folders) {
  std::vector<SourceFile> sources;
  for (const std::string& folder : folders) {
    if (!fs::exists(kRoot / folder)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder)) {
      if (!is_source(entry.path())) continue;
      sources.push_back({fs::relative(entry.path(), kRoot).string(), read(entry.path())});
    }
  }
  return sources;
}

template <typename Rule>
std::vector<std::string> complaints_of(const std::vector<SourceFile>& sources, Rule rule) {
  std::vector<std::string> all;
  for (const SourceFile& file : sources) {
    const std::vector<std::string> complaints = rule(file);
    all.insert(all.end(), complaints.begin(), complaints.end());
  }
  return all;
}

std::set<std::string> linked_folders(const std::string& listing) {
  static const std::regex kLinks(R"(DEPENDS([^)]*?)(SYSTEM_DEPENDS|\)))");
  static const std::regex kFolder(R"(bouton_([a-z_]+))");
  std::smatch links;
  std::set<std::string> folders;
  if (!std::regex_search(listing, links, kLinks)) return folders;
  const std::string names = links[1].str();
  for (std::sregex_iterator it(names.begin(), names.end(), kFolder), end; it != end; ++it) {
    folders.insert((*it)[1].str());
  }
  return folders;
}

bool is_runtime(const std::string& library) { return library.starts_with("runtime"); }

TEST(Architecture, TheSourcesAreFound) {
  EXPECT_GT(read_sources({"compiler"}).size(), 20U);
  EXPECT_GT(read_sources({"runtime"}).size(), 5U);
}

TEST(Architecture, FoldersIncludeOnlyWhatTheTableAllows) {
  EXPECT_THAT(complaints_of(read_sources({"compiler", "runtime"}), check_includes), IsEmpty());
}

TEST(Architecture, TranscendentalFunctionsComeFromTheMathHeader) {
  EXPECT_THAT(complaints_of(read_sources({"compiler", "runtime"}), check_transcendentals),
              IsEmpty());
}

TEST(Architecture, FilesStayShort) {
  const auto sources = read_sources({"compiler", "runtime", "tests", "bench"});
  EXPECT_THAT(complaints_of(sources, check_length), IsEmpty());
}

TEST(Architecture, OnlyOneFilePrints) {
  EXPECT_THAT(complaints_of(read_sources({"compiler", "runtime"}), check_printing), IsEmpty());
}

TEST(Architecture, EveryCompilerFolderIsInTheTable) {
  std::set<std::string> in_table;
  for (const Folder& folder : compiler_folders()) in_table.insert(folder.name);
  std::set<std::string> on_disk;
  for (const auto& entry : fs::directory_iterator(kRoot / "compiler")) {
    if (entry.is_directory()) on_disk.insert(entry.path().filename().string());
  }
  EXPECT_EQ(on_disk, in_table);
}

TEST(Architecture, CompilerLibrariesLinkWhatTheTableAllows) {
  for (const Folder& folder : compiler_folders()) {
    const fs::path listing = kRoot / "compiler" / folder.name / "CMakeLists.txt";
    std::set<std::string> linked = linked_folders(read(listing));
    linked.erase("grammar");
    const bool links_runtime = std::any_of(linked.begin(), linked.end(), is_runtime);
    EXPECT_TRUE(!links_runtime || !folder.runtime.empty()) << listing;
    std::erase_if(linked, is_runtime);
    EXPECT_EQ(linked, std::set<std::string>(folder.uses.begin(), folder.uses.end())) << listing;
  }
}

TEST(ArchitectureRules, AnIncludeAgainstTheFlowIsFound) {
  const SourceFile file{"compiler/ast/a.h", "\n#include \"compiler/check/check.h\"\n"};
  EXPECT_THAT(
      check_includes(file),
      testing::ElementsAre("compiler/ast/a.h:2: compiler/ast may not include compiler/check"));
}

TEST(ArchitectureRules, WhatAFolderUsesMayBeIncludedThroughIt) {
  EXPECT_TRUE(may_include("compiler/check", "compiler/source"));
  EXPECT_TRUE(may_include("compiler/check", "compiler/base"));
}

TEST(ArchitectureRules, TheInterpreterKnowsNoPlan) {
  EXPECT_FALSE(may_include("compiler/interpret", "compiler/plan"));
  EXPECT_FALSE(may_include("compiler/interpret", "compiler/lower"));
  EXPECT_FALSE(may_include("compiler/interpret", "runtime/files"));
  EXPECT_TRUE(may_include("compiler/interpret", "runtime/random"));
}

TEST(ArchitectureRules, TheRuntimeKnowsNoCompiler) {
  EXPECT_FALSE(may_include("runtime/tensor", "compiler/base"));
  EXPECT_TRUE(may_include("runtime/tensor", "runtime/math"));
  EXPECT_FALSE(may_include("compiler/check", "runtime/tensor"));
}

TEST(ArchitectureRules, LibrariesBelongToTheirFolders) {
  EXPECT_THAT(check_includes({"compiler/codegen/a.cpp", "#include <llvm/IR/Module.h>"}), IsEmpty());
  EXPECT_EQ(check_includes({"compiler/driver/a.cpp", "#include <llvm/IR/Module.h>"}).size(), 1U);
  EXPECT_EQ(check_includes({"compiler/check/a.cpp", "#include \"antlr4-runtime.h\""}).size(), 1U);
  EXPECT_THAT(check_includes({"runtime/tensor/a.cpp", "#include <Eigen/Dense>"}), IsEmpty());
  EXPECT_EQ(check_includes({"compiler/interpret/a.cpp", "#include <Eigen/Dense>"}).size(), 1U);
}

TEST(ArchitectureRules, ATranscendentalOfTheCLibraryIsFound) {
  EXPECT_EQ(check_transcendentals({"compiler/units/a.cpp", "x = std::pow(10, 3);"}).size(), 1U);
  EXPECT_EQ(check_transcendentals({"runtime/tensor/a.cpp", "f(&std::tanh);"}).size(), 1U);
  EXPECT_THAT(check_transcendentals({"runtime/math/a.h", "y = std::exp(x);"}), IsEmpty());
  EXPECT_THAT(check_transcendentals({"compiler/a/a.cpp", "std::floor(x) + std::fabs(y)"}),
              IsEmpty());
  EXPECT_THAT(check_transcendentals({"compiler/a/a.cpp", "std::exponential_distribution"}),
              IsEmpty());
  EXPECT_THAT(check_transcendentals({"compiler/a/a.cpp", "f();  // not std::exp"}), IsEmpty());
}

TEST(ArchitectureRules, AFileOfMoreThan400LinesIsFound) {
  std::string text;
  for (std::size_t i = 0; i < kMaximumLines; ++i) text += "x\n";
  EXPECT_THAT(check_length({"compiler/a/a.cpp", text}), IsEmpty());
  EXPECT_EQ(check_length({"compiler/a/a.cpp", text + "x\n"}).size(), 1U);
}

TEST(ArchitectureRules, PrintingByOneselfIsFound) {
  EXPECT_EQ(check_printing({"compiler/a/a.cpp", "fmt::print(\"x\");\nstd::cout << 1;\n"}).size(),
            2U);
  EXPECT_THAT(check_printing({"compiler/a/a.cpp", "launch::print(\"x\"); // fmt::print(\n"}),
              IsEmpty());
}

TEST(ArchitectureRules, LinkListsAreReadFromCMake) {
  EXPECT_EQ(linked_folders("bouton_library(bouton_x DEPENDS bouton_a\n bouton_b SYSTEM_DEPENDS f)"),
            (std::set<std::string>{"a", "b"}));
  EXPECT_THAT(linked_folders("bouton_library(bouton_x DEPENDS  SYSTEM_DEPENDS fmt::fmt)"),
              IsEmpty());
}

}  // namespace
}  // namespace bouton::architecture
