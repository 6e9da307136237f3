#include "compiler/driver/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bouton::driver {
namespace {

using elaborate::Precision;

std::variant<Command, int> parse(std::vector<const char*> words) {
  words.insert(words.begin(), "bouton");
  return parse_command_line(static_cast<int>(words.size()), words.data());
}

template <typename Options>
Precision precision_of(std::vector<const char*> words) {
  const auto command = parse(std::move(words));
  return std::get<Options>(std::get<Command>(command)).precision;
}

TEST(Options, PrecisionIsDoubleUnlessTheUserSaysSingle) {
  EXPECT_EQ(precision_of<RunOptions>({"run", "a.bouton"}), Precision::Double);
  EXPECT_EQ(precision_of<RunOptions>({"run", "a.bouton", "--precision=double"}), Precision::Double);
  EXPECT_EQ(precision_of<RunOptions>({"run", "--precision", "single", "a.bouton"}),
            Precision::Single);
  EXPECT_EQ(precision_of<BuildOptions>({"build", "a.bouton", "-o", "a", "--precision=single"}),
            Precision::Single);
  EXPECT_EQ(precision_of<VerifyOptions>({"verify", "a.bouton"}), Precision::Double);
  EXPECT_EQ(precision_of<VerifyOptions>({"verify", "a.bouton", "--precision=single"}),
            Precision::Single);
}

template <typename Options>
bool cache_of(std::vector<const char*> words) {
  const auto command = parse(std::move(words));
  return std::get<Options>(std::get<Command>(command)).cache;
}

TEST(Options, CompiledCodeIsKeptUnlessTheUserSaysNo) {
  EXPECT_TRUE(cache_of<RunOptions>({"run", "a.bouton"}));
  EXPECT_TRUE(cache_of<SweepOptions>({"sweep", "a.bouton"}));
  EXPECT_TRUE(cache_of<VerifyOptions>({"verify", "a.bouton"}));
  EXPECT_FALSE(cache_of<RunOptions>({"run", "a.bouton", "--no-cache"}));
  EXPECT_FALSE(cache_of<SweepOptions>({"sweep", "a.bouton", "--no-cache"}));
  EXPECT_FALSE(cache_of<VerifyOptions>({"verify", "a.bouton", "--no-cache"}));
  EXPECT_TRUE(cache_of<BuildOptions>({"build", "a.bouton", "-o", "a"}));
  EXPECT_FALSE(cache_of<BuildOptions>({"build", "a.bouton", "-o", "a", "--no-cache"}));
}

TEST(Options, AnotherPrecisionIsWrongUsage) {
  for (const char* command : {"run", "verify"})
    for (const char* option : {"--precision=half", "--precision=0", "--precision=Single"}) {
      testing::internal::CaptureStderr();
      const auto parsed = parse({command, "a.bouton", option});
      const std::string said = testing::internal::GetCapturedStderr();
      ASSERT_TRUE(std::holds_alternative<int>(parsed)) << option;
      EXPECT_EQ(std::get<int>(parsed), 2);
      EXPECT_THAT(said, testing::HasSubstr("`--precision`: "));
      EXPECT_THAT(said, testing::HasSubstr("not in {single,double}"));
    }
}

TEST(Options, TheHelpOfEveryCommandSaysItsExitCodes) {
  for (const char* command :
       {"run", "sweep", "build", "check", "fmt", "verify", "explain", "recover"}) {
    testing::internal::CaptureStdout();
    const auto parsed = parse({command, "--help"});
    const std::string said = testing::internal::GetCapturedStdout();
    ASSERT_TRUE(std::holds_alternative<int>(parsed)) << command;
    EXPECT_EQ(std::get<int>(parsed), 0);
    EXPECT_NE(said.find("Exit codes: 0 "), std::string::npos) << command;
    EXPECT_NE(said.find("2 wrong"), std::string::npos) << command;
  }
}

TEST(Options, ASweepTakesItsNameThreadsAndSeeds) {
  const auto command = parse({"sweep", "a.bouton", "Rates", "--threads", "3", "--seeds", "4"});
  const auto& sweep = std::get<SweepOptions>(std::get<Command>(command));
  EXPECT_EQ(sweep.sweep, "Rates");
  EXPECT_EQ(sweep.threads, 3);
  EXPECT_EQ(sweep.seeds, 4);
  const auto all = parse({"sweep", "a.bouton", "--threads", "0"});
  EXPECT_GE(std::get<SweepOptions>(std::get<Command>(all)).threads, 1);
}

TEST(Options, NumbersOfThreadsThatMakeNoSenseAreRefused) {
  for (const char* command : {"run", "sweep"})
    for (const char* threads : {"-1", "1000000", "99999999999", "two", "1.5", ""}) {
      testing::internal::CaptureStderr();
      const auto parsed = parse({command, "a.bouton", "--threads", threads});
      const std::string said = testing::internal::GetCapturedStderr();
      ASSERT_TRUE(std::holds_alternative<int>(parsed)) << threads;
      EXPECT_EQ(std::get<int>(parsed), 2);
      EXPECT_THAT(said, testing::HasSubstr(std::string("`--threads`: `") + threads +
                                           "` is no whole number from 0 (one per processor) to "
                                           "1024"));
    }
}

TEST(Options, CodeIsForThisProcessorUnlessTheUserNamesAnother) {
  EXPECT_EQ(std::get<RunOptions>(std::get<Command>(parse({"run", "a.bouton"}))).cpu, "native");
  const auto sweep = parse({"sweep", "a.bouton", "--cpu=x86-64", "--plan=step"});
  EXPECT_EQ(std::get<SweepOptions>(std::get<Command>(sweep)).cpu, "x86-64");
  EXPECT_FALSE(std::get<SweepOptions>(std::get<Command>(sweep)).skips);
}

}  // namespace
}  // namespace bouton::driver
