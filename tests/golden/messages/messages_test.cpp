// Every message the compiler can give, with the program that is told it and the program that is
// not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>

#include "tests/golden/messages/generated.h"
#include "tests/golden/messages/message_files.h"
#include "tests/golden/messages/pipeline.h"
#include "tests/golden/support/golden.h"

namespace bouton::golden {
namespace {

namespace fs = std::filesystem;
using testing::IsEmpty;

const fs::path kFolder = fs::path(BOUTON_SOURCE_DIR) / "tests/golden/messages";
const fs::path kKindsDef = fs::path(BOUTON_SOURCE_DIR) / "compiler/diagnostics/kinds.def";

std::vector<MessageFile> find_files(bool twins) {
  std::vector<MessageFile> files = find_message_files(kFolder);
  std::erase_if(files, [&](const MessageFile& file) { return (file.variant == "ok") != twins; });
  return files;
}

std::set<std::string> kinds_of(const std::vector<MessageFile>& files) {
  std::set<std::string> kinds;
  for (const MessageFile& file : files) kinds.insert(file.kind);
  return kinds;
}

std::set<std::string> all_kind_names() {
  std::set<std::string> names;
  for (const auto kind : diagnostics::all_kinds()) names.emplace(diagnostics::name_of(kind));
  return names;
}

std::set<std::string> subtract(std::set<std::string> from, const std::set<std::string>& what) {
  std::erase_if(from, [&](const std::string& name) { return what.contains(name); });
  return from;
}

std::string test_name(const testing::TestParamInfo<MessageFile>& info) {
  std::string name = info.param.path.stem().string();
  std::replace_if(name.begin(), name.end(), [](unsigned char c) { return !std::isalnum(c); }, '_');
  return name;
}

class Message : public testing::TestWithParam<MessageFile> {};

TEST_P(Message, ReadsAsRecorded) {
  const MessageFile& file = GetParam();
  const Outcome outcome = check_text_of(file.path, report_messages_of);
  EXPECT_THAT(outcome.kinds, testing::Contains(file.kind)) << outcome.text;
  EXPECT_TRUE(matches_golden(fs::path(file.path).replace_extension(".txt"), outcome.text));
}

class CorrectTwin : public testing::TestWithParam<MessageFile> {};

TEST_P(CorrectTwin, IsAccepted) {
  const MessageFile& file = GetParam();
  const Outcome outcome = check_text_of(file.path, report_messages_of);
  // A correct program may still be one that cannot be compiled yet.
  const std::set<std::string> not_yet = {"not-elaborated", "unlowered"};
  EXPECT_THAT(subtract(outcome.errors, not_yet), IsEmpty()) << outcome.text;
  EXPECT_THAT(outcome.kinds, testing::Not(testing::Contains(file.kind))) << outcome.text;
}

INSTANTIATE_TEST_SUITE_P(Golden, Message, testing::ValuesIn(find_files(false)), test_name);
INSTANTIATE_TEST_SUITE_P(Golden, CorrectTwin, testing::ValuesIn(find_files(true)), test_name);

TEST(MessageCoverage, EveryKindThatCanBeReportedHasAGolden) {
  const auto sections = parse_sections(read_text(kKindsDef));
  const auto phases = connected_phases();
  std::set<std::string> needed;
  for (const auto& [kind, section] : sections) {
    if (phases.contains(section)) needed.insert(kind);
  }
  needed = subtract(needed, generated_kinds());
  EXPECT_THAT(subtract(needed, kinds_of(find_files(false))), IsEmpty());
}

TEST(MessageCoverage, EveryKindStandsInASection) {
  const auto sections = parse_sections(read_text(kKindsDef));
  EXPECT_EQ(sections.size(), all_kind_names().size());
  for (const auto& [kind, section] : sections) EXPECT_NE(section, "") << kind;
}

TEST(MessageCoverage, EveryGoldenHasACorrectTwin) {
  EXPECT_EQ(kinds_of(find_files(false)), kinds_of(find_files(true)));
}

TEST(MessageCoverage, EveryFileBelongsToAKind) {
  EXPECT_THAT(subtract(kinds_of(find_message_files(kFolder)), all_kind_names()), IsEmpty());
}

TEST(MessageCoverage, EveryRecordedTextHasItsProgram) {
  for (const auto& entry : fs::directory_iterator(kFolder)) {
    const fs::path& path = entry.path();
    if (path.extension() != ".txt") continue;
    if (path.filename() == "CMakeLists.txt") continue;
    if (generated_kinds().contains(path.stem().string())) continue;
    EXPECT_TRUE(fs::exists(fs::path(path).replace_extension(".bouton"))) << path;
  }
}

TEST(MessageCoverage, AGeneratedMessageIsAKindWithARecordedText) {
  EXPECT_THAT(subtract(generated_kinds(), all_kind_names()), IsEmpty());
  for (const std::string& kind : generated_kinds())
    EXPECT_TRUE(fs::exists(kFolder / (kind + ".txt"))) << kind;
}

TEST(MessageFiles, SectionsAreCommentsUpToAColon) {
  const auto sections = parse_sections(
      "// source\nBOUTON_DIAGNOSTIC(InvalidUtf8, Error, \"x\")\n\n"
      "// check: names and more\nBOUTON_DIAGNOSTIC(SyntaxError, Error, \"{}\")\n"
      "// command line\nBOUTON_DIAGNOSTIC(NoExperiment, Error, \"{}\")\n");
  EXPECT_EQ(sections, (std::map<std::string, std::string>{{"invalid-utf8", "source"},
                                                          {"syntax-error", "check"},
                                                          {"no-experiment", "command line"}}));
}

TEST(MessageFiles, ThePipelineSeesTheProgramAsAUserInItsFolderDoes) {
  std::string seen;
  const Outcome outcome =
      check_text_of(kFolder / "any.bouton", [&](const std::string& path, source::SourceMap& sources,
                                                diagnostics::Diagnostics& diagnostics) {
        seen = path;
        const auto file = std::get<source::FileId>(sources.add_text(path, "x\n"));
        diagnostics.report(diagnostics::Kind::UnknownName, {file, 0, 1}, {"no"});
      });
  EXPECT_EQ(seen, "any.bouton");
  EXPECT_EQ(outcome.errors, (std::set<std::string>{"unknown-name"}));
  EXPECT_EQ(outcome.kinds, (std::set<std::string>{"unknown-name"}));
  EXPECT_EQ(outcome.text, "error: there is no `no` here\n --> any.bouton:1:1\n  |\n1 | x\n  | ^\n");
}

TEST(Golden, AMissingOrDifferentTextIsAFailure) {
  if (std::getenv("UPDATE_GOLDEN") != nullptr) GTEST_SKIP() << "the files are being rewritten";
  const auto missing = matches_golden(kFolder / "no-such-file.txt", "text");
  EXPECT_FALSE(missing);
  const auto different = matches_golden(kFolder / "invalid-utf8.txt", "error: other\n");
  EXPECT_FALSE(different);
  EXPECT_THAT(different.message(), testing::HasSubstr("differs in line 1"));
}

TEST(Golden, UpdatingWritesWhatIsMissingOrDiffersFoldersIncluded) {
  if (std::getenv("UPDATE_GOLDEN") != nullptr) GTEST_SKIP() << "the variable is in use";
  const fs::path folder = fs::path(testing::TempDir()) / "bouton_update_golden";
  const fs::path file = folder / "deep" / "text.txt";
  fs::remove_all(folder);
  setenv("UPDATE_GOLDEN", "1", 1);
  const auto created = matches_golden(file, "first");
  const std::string first = read_text(file);
  const auto updated = matches_golden(file, "second");
  unsetenv("UPDATE_GOLDEN");
  EXPECT_TRUE(created) << created.message();
  EXPECT_TRUE(updated) << updated.message();
  EXPECT_EQ(first, "first");
  EXPECT_EQ(read_text(file), "second");
  EXPECT_FALSE(matches_golden(file, "third"));
  fs::remove_all(folder);
}

}  // namespace
}  // namespace bouton::golden
