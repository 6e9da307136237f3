// Streams that are closed, full or not read any more, and outputs that must not be replaced: what a
// run has computed is kept, and what could not be said is an error.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/support/command/command.h"

namespace bouton::executable {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const std::string kNetwork =
    BOUTON_SOURCE_DIR "/tests/differential/executable/programs/network.bouton";

std::string run_network(const std::string& arguments) {
  return bouton() + " run " + kNetwork + " -q " + arguments;
}

std::string text_of(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

void expect_sound(const std::string& results) {
  const Said checked = run_command(bouton() + " recover --check " + results);
  EXPECT_EQ(checked.code, 0) << checked.output;
}

TEST(Streams, AClosedOutputLosesNoResults) {
  const std::string results = temporary("closed.h5");
  const Said said = run_command("(" + run_network("-o " + results) + " >&-)");
  EXPECT_EQ(said.code, 0) << said.output;
  expect_sound(results);
  const Said hash = run_command(run_network(""));
  EXPECT_THAT(run_command(bouton() + " recover --check " + results).output,
              HasSubstr(hashes(hash.output).substr(hashes(hash.output).rfind(' ') + 1, 16)));
}

TEST(Streams, AFullOutputIsSaidAndLosesNoResults) {
  const std::string results = temporary("full.h5");
  const Said said = run_command("(" + run_network("-o " + results) + " 2>&1 >/dev/full)");
  EXPECT_EQ(said.code, 3) << said.output;
  EXPECT_THAT(said.output, HasSubstr("could not be written"));
  expect_sound(results);
}

TEST(Streams, AFullErrorStreamLosesNoResults) {
  const std::string results = temporary("silent.h5");
  const Said said = run_command("(" + run_network("-o " + results) + " 2>/dev/full)");
  EXPECT_EQ(said.code, 0) << said.output;
  expect_sound(results);
}

TEST(Streams, AReaderWhoHasGoneLosesNoResults) {
  const std::string results = temporary("pipe.h5");
  const Said said = run_command("( " + bouton() + " run " + kNetwork + " -o " + results +
                                "; echo code $? >&2 ) 2>&1 | true");
  for (int i = 0; i < 200 && !fs::exists(results); ++i)
    EXPECT_EQ(run_command("sleep 0.05").code, 0);
  EXPECT_EQ(said.code, 0);
  expect_sound(results);
}

TEST(Streams, FormsThatCannotBePrintedAreAnError) {
  for (const char* command : {"check ", "run --emit=plan ", "explain ", "fmt "}) {
    const Said said = run_command("(" + bouton() + " " + command + kNetwork + " 2>&1 >/dev/full)");
    EXPECT_EQ(said.code, 3) << command << said.output;
    EXPECT_THAT(said.output, HasSubstr("could not be written"));
  }
}

TEST(Target, NothingButAFileIsReplaced) {
  const std::string fifo = temporary("fifo");
  ASSERT_EQ(run_command("mkfifo " + fifo).code, 0);
  const Said said = run_command(run_network("-o " + fifo));
  EXPECT_EQ(said.code, 3);
  EXPECT_THAT(said.output, HasSubstr("no file that could be replaced"));
  EXPECT_TRUE(fs::is_fifo(fifo));
  EXPECT_EQ(run_command(bouton() + " build " + kNetwork + " -o " + fifo).code, 3);
  EXPECT_TRUE(fs::is_fifo(fifo));
}

TEST(Target, TheProgramsOwnSourceStays) {
  const std::string copy = temporary("copy.bouton");
  fs::copy_file(BOUTON_SOURCE_DIR "/tests/golden/command_line/passing.bouton", copy,
                fs::copy_options::overwrite_existing);
  const std::string before = text_of(copy);
  for (const char* command : {" run ", " build "}) {
    const Said said = run_command(bouton() + command + copy + " -o " + copy);
    EXPECT_EQ(said.code, 3) << said.output;
    EXPECT_THAT(said.output, HasSubstr("is a source of this program"));
    EXPECT_EQ(text_of(copy), before);
  }
}

TEST(Target, ALinkStaysAndWhatItLeadsToIsReplaced) {
  const std::string results = temporary("linked.h5");
  const std::string link = temporary("link.h5");
  std::ofstream(results).close();
  fs::remove(link);
  fs::create_symlink(results, link);
  EXPECT_EQ(run_command(run_network("-o " + link)).code, 0);
  EXPECT_TRUE(fs::is_symlink(link));
  expect_sound(results);
}

TEST(Target, AnEmptyNameIsWrongUsage) {
  EXPECT_EQ(run_command(run_network("-o ''")).code, 2);
  EXPECT_EQ(run_command(bouton() + " build " + kNetwork + " -o ''").code, 2);
}

}  // namespace
}  // namespace bouton::executable
