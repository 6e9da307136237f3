#include "compiler/source/source_map.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace bouton::source {
namespace {

FileId add(SourceMap& sources, std::string_view text) {
  return std::get<FileId>(sources.add_text("test.bouton", text));
}

// A folder that is removed at the end of the test.
class SourceFiles : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::path(testing::TempDir()) / (std::string("bouton_") + test->name());
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string write(const std::string& name, std::string_view content) {
    const auto path = folder_ / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << content;
    return path.string();
  }

  std::filesystem::path folder_;
};

TEST(SourceMap, AByteOrderMarkIsNotPartOfTheText) {
  SourceMap sources;
  EXPECT_EQ(sources.text(add(sources, "\xEF\xBB\xBFrule")), "rule");
}

TEST(SourceMap, WindowsLineEndsBecomeNewlines) {
  SourceMap sources;
  const FileId file = add(sources, "a\r\nb\r\n");
  EXPECT_EQ(sources.text(file), "a\nb\n");
  EXPECT_EQ(sources.position(file, 2), (Position{2, 1}));
}

TEST(SourceMap, ColumnsCountCodePoints) {
  SourceMap sources;
  const FileId file = add(sources, "x\n\xC2\xB5V = \xF0\x9F\xA7\xA0 y");
  EXPECT_EQ(sources.position(file, 0), (Position{1, 1}));
  EXPECT_EQ(sources.position(file, 4), (Position{2, 2}));
  EXPECT_EQ(sources.position(file, 13), (Position{2, 8}));
}

TEST(SourceMap, AnOffsetBeyondTheEndIsTheEnd) {
  SourceMap sources;
  const FileId file = add(sources, "ab\nc");
  EXPECT_EQ(sources.position(file, 1000), (Position{2, 2}));
}

TEST(SourceMap, TheNewlineBelongsToTheLineItEnds) {
  SourceMap sources;
  const FileId file = add(sources, "ab\nc");
  EXPECT_EQ(sources.position(file, 2), (Position{1, 3}));
  EXPECT_EQ(sources.position(file, 3), (Position{2, 1}));
}

TEST(SourceMap, ALineSpanLeavesOutTheLineEnd) {
  SourceMap sources;
  const FileId file = add(sources, "ab\n\ncd");
  ASSERT_EQ(sources.line_count(file), 3U);
  EXPECT_EQ(sources.text(sources.line_span(file, 1)), "ab");
  EXPECT_EQ(sources.text(sources.line_span(file, 2)), "");
  EXPECT_EQ(sources.text(sources.line_span(file, 3)), "cd");
}

TEST(SourceMap, AnEmptyTextHasOneEmptyLine) {
  SourceMap sources;
  const FileId file = add(sources, "");
  EXPECT_EQ(sources.line_count(file), 1U);
  EXPECT_EQ(sources.text(sources.line_span(file, 1)), "");
}

TEST(SourceMap, InvalidUtf8IsRefusedWithThePlaceOfTheByte) {
  SourceMap sources;
  const Loaded loaded = sources.add_text("bad.bouton", "\xEF\xBB\xBFok\r\nx \xFE y");
  const auto& error = std::get<LoadError>(loaded);
  EXPECT_EQ(std::get<BadEncoding>(error.cause).byte, 0xFE);
  EXPECT_EQ(sources.position(error.span.file, error.span.begin), (Position{2, 3}));
  EXPECT_EQ(sources.text(error.span.file), "ok\nx ? y") << "what is shown must be well-formed";
}

TEST(SourceMap, TextOverTheLimitIsRefused) {
  SourceMap sources;
  const std::string largest(SourceMap::kMaximumBytes, ' ');
  EXPECT_TRUE(std::holds_alternative<FileId>(sources.add_text("a", largest)));
  const Loaded refused = sources.add_text("b", largest + " ");
  EXPECT_EQ(std::get<NotReadable>(std::get<LoadError>(refused).cause).reason, "larger than 16 MiB");
}

TEST_F(SourceFiles, AFileIsReadAsItIs) {
  SourceMap sources;
  const Loaded loaded = sources.load(write("a.bouton", "rule R {}\n"));
  EXPECT_EQ(sources.text(std::get<FileId>(loaded)), "rule R {}\n");
}

TEST_F(SourceFiles, AMissingFileIsAnErrorWithTheReasonAndAnEntryToPointAt) {
  SourceMap sources;
  const Loaded loaded = sources.load((folder_ / "none.bouton").string());
  const auto& error = std::get<LoadError>(loaded);
  EXPECT_EQ(std::get<NotReadable>(error.cause).reason, "no such file or directory");
  EXPECT_EQ(sources.name(error.span.file), error.name);
}

TEST_F(SourceFiles, AFolderIsNotASourceFile) {
  SourceMap sources;
  const Loaded loaded = sources.load(folder_.string());
  const auto& error = std::get<LoadError>(loaded);
  EXPECT_EQ(std::get<NotReadable>(error.cause).reason, "is a directory");
}

TEST_F(SourceFiles, AFileOverTheLimitIsRefused) {
  SourceMap sources;
  const auto path = write("large.bouton", "");
  std::filesystem::resize_file(path, SourceMap::kMaximumBytes + 1);
  const Loaded loaded = sources.load(path);
  EXPECT_EQ(std::get<NotReadable>(std::get<LoadError>(loaded).cause).reason, "larger than 16 MiB");
}

TEST_F(SourceFiles, AnEndlessDeviceIsRefused) {
  SourceMap sources;
  EXPECT_TRUE(std::holds_alternative<LoadError>(sources.load("/dev/zero")));
}

TEST_F(SourceFiles, TheSameFileIsReadOnceUnderAnySpelling) {
  SourceMap sources;
  const auto path = write("sub/a.bouton", "x");
  const auto first = std::get<FileId>(sources.load(path));
  const auto again = std::get<FileId>(sources.load((folder_ / "sub/../sub/./a.bouton").string()));
  EXPECT_EQ(first, again);
  EXPECT_EQ(sources.size(), 1U);
}

TEST_F(SourceFiles, AnImportIsRelativeToTheFileThatImports) {
  SourceMap sources;
  const auto importer = std::get<FileId>(sources.load(write("experiments/main.bouton", "")));
  const auto rules = write("rules/mine.bouton", "");
  EXPECT_EQ(sources.resolve_import(importer, "../rules/mine.bouton"), rules);
  EXPECT_EQ(sources.resolve_import(importer, "/abs/r.bouton"), "/abs/r.bouton");
}

TEST(SourceMap, AnImportOfAFileInTheWorkingFolderStaysRelative) {
  SourceMap sources;
  EXPECT_EQ(sources.resolve_import(add(sources, ""), "rules.bouton"), "rules.bouton");
}

TEST(SourceMap, AnUnknownFileIdIsAnInternalError) {
  SourceMap sources;
  EXPECT_DEATH(static_cast<void>(sources.name(0)), "file id out of range");
}

}  // namespace
}  // namespace bouton::source
