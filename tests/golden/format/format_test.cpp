// The canonical layout: every <name>.bouton of this folder beside its <name>.formatted text, which
// is its own canonical layout. UPDATE_GOLDEN=1 rewrites the texts.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <variant>
#include <vector>

#include "compiler/ast/printer.h"
#include "compiler/diagnostics/render.h"
#include "compiler/parse/parse.h"
#include "tests/golden/support/golden.h"

namespace bouton::golden {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> inputs() {
  std::vector<fs::path> paths;
  for (const auto& entry :
       fs::directory_iterator(fs::path(BOUTON_SOURCE_DIR) / "tests/golden/format")) {
    if (entry.path().extension() == ".bouton") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::string format(const std::string& text) {
  source::SourceMap sources;
  diagnostics::Diagnostics diagnostics;
  const auto id = std::get<source::FileId>(sources.add_text("input", text));
  const auto file = parse::parse(sources, id, diagnostics);
  return file ? ast::print(*file) : diagnostics::render_text(diagnostics, sources);
}

class Format : public testing::TestWithParam<fs::path> {};

TEST_P(Format, IsAsRecordedAndStable) {
  const fs::path golden = fs::path(GetParam()).replace_extension(".formatted");
  const std::string formatted = format(read_text(GetParam()));
  EXPECT_TRUE(matches_golden(golden, formatted));
  EXPECT_EQ(format(formatted), formatted);
}

INSTANTIATE_TEST_SUITE_P(Golden, Format, testing::ValuesIn(inputs()),
                         [](const auto& input) { return input.param.stem().string(); });

TEST(CanonicalLayout, ExamplesAndStandardLibraryAreLaidOutCanonically) {
  std::size_t files = 0;
  for (const char* folder : {"examples", "stdlib"})
    for (const auto& entry :
         fs::recursive_directory_iterator(fs::path(BOUTON_SOURCE_DIR) / folder)) {
      if (entry.path().extension() != ".bouton") continue;
      ++files;
      const std::string text = read_text(entry.path());
      EXPECT_EQ(format(text), text) << entry.path() << ": bouton fmt --in-place";
    }
  EXPECT_GE(files, 5U);
}

}  // namespace
}  // namespace bouton::golden
