// Executables give the results and the messages of `bouton run`, and need nothing but the C
// library.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>

#include "tests/support/command/command.h"

namespace bouton::executable {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kNetwork =
    BOUTON_SOURCE_DIR "/tests/differential/executable/programs/network.bouton";

// That of CMakeLists.txt, run without any environment.
class Executable : public testing::Test {
 protected:
  static Said run(const std::string& arguments) {
    return run_command("env -i PATH= LD_LIBRARY_PATH= " BOUTON_EXECUTABLE " " + arguments);
  }
  static Said run_tool(const std::string& arguments) {
    return run_command(bouton() + " run " + kNetwork + " " + arguments);
  }
  static void expect_same_results(const std::string& arguments) {
    const Said expected = run_tool("-q " + arguments);
    const Said actual = run("-q " + arguments);
    EXPECT_EQ(expected.code, 0) << expected.output;
    EXPECT_EQ(actual.code, 0) << actual.output;
    EXPECT_NE(hashes(expected.output), "") << expected.output;
    EXPECT_EQ(hashes(actual.output), hashes(expected.output)) << arguments;
  }
  static void expect_same_message(const std::string& arguments, const std::string& part) {
    const Said expected = run_tool(arguments);
    const Said actual = run(arguments);
    EXPECT_THAT(expected.output, HasSubstr(part));
    EXPECT_EQ(actual.output, expected.output);
    EXPECT_EQ(actual.code, expected.code);
    EXPECT_NE(actual.code, 0);
  }
};

TEST_F(Executable, GivesTheHashOfARun) { expect_same_results(""); }

TEST_F(Executable, GivesTheHashOfARunWithOtherSeedsAndReplicas) {
  expect_same_results("--seed 41");
  expect_same_results("--seed 3 --seeds 10");
}

TEST_F(Executable, GivesTheHashOfARunWithOtherNumbers) {
  expect_same_results("-p tau_ref='20 ms' -p eta=0.5 -p strength=2 -p 'offsets=[-1, 7]'");
  expect_same_results("-p duration='1 s' -p eta=0 -p strength=0");
}

TEST_F(Executable, GivesTheHashOfARunWithOtherSizes) {
  for (const int n : {1, 9, 13}) expect_same_results("-p n=" + std::to_string(n));
  expect_same_results("-p n=10 --seeds 8");
}

TEST_F(Executable, NeedsOnlyTheCLibrary) {
  const Said listed = run_command("ldd " BOUTON_EXECUTABLE);
  ASSERT_EQ(listed.code, 0) << listed.output;
  std::istringstream lines(listed.output);
  // What a sanitized build of Bouton puts into every program.
#ifdef __SANITIZE_ADDRESS__
  const std::string instrumented =
      "|libasan|libubsan|libgcc_s|libstdc\\+\\+|libdl|librt|libpthread";
#else
  const std::string instrumented;
#endif
  const std::string allowed =
      "^[[:space:]]*(linux-vdso|libm|libc|/lib64/ld-linux" + instrumented + ")";
  for (std::string line; std::getline(lines, line);)
    EXPECT_THAT(line, testing::ContainsRegex(allowed));
}

TEST_F(Executable, ListsItsParameters) {
  const Said help = run("--help");
  EXPECT_EQ(help.code, 0);
  for (const char* part :
       {"--param", "--seeds", "Exit codes", "Numbers, sizes and a choice", "tau_ref = 10 ms",
        "refractory period and width of postsynaptic potentials", "offsets = [0.1, -0.3]"})
    EXPECT_THAT(help.output, HasSubstr(part));
  EXPECT_THAT(help.output, testing::ContainsRegex("learns = true\n[^\n]*\n[^\n]*fixed"));
  EXPECT_THAT(help.output, testing::ContainsRegex("n = 7\n[^\n]*\n[^\n;]*\n"));
}

TEST_F(Executable, RefusesWhatIsFixedInItsCode) {
  const Said said = run("-p learns=false -p eta=0.3");
  EXPECT_EQ(said.code, 1);
  EXPECT_THAT(said.output, HasSubstr("parameter `learns` is fixed in this executable"));
  EXPECT_THAT(said.output, HasSubstr("--param learns=false"));
  EXPECT_THAT(said.output, Not(HasSubstr("`eta`")));
}

TEST_F(Executable, SaysWhatTheToolSaysOfBadParameters) {
  expect_same_message("-p taw=3", "taw");
  expect_same_message("-p eta=1 -p eta=2", "given here before");
  expect_same_message("-p tau_ref=10", "tau_ref");
  expect_same_message("-p tau_ref='10 mV'", "tau_ref");
  expect_same_message("-p offsets=3", "offsets");
  expect_same_message("-p tau_ref='1.5 ms'", "1.5");
  expect_same_message("-p eta", "sets no parameter");
  expect_same_message("-p n=0", "neurons");
}

TEST_F(Executable, RefusesANetworkLargerThanMemoryBeforeItAllocates) {
  expect_same_message("-p n=1000000000", "GB");
  expect_same_message("-p n=200000", "GB");
  expect_same_message("-p n=1000000000000000", "GB");
}

TEST_F(Executable, SaysWhatTheToolSaysOfAnUnwritableOutput) {
  expect_same_message("-o /nowhere/at/all.h5", "cannot write");
}

TEST_F(Executable, WritesTheResultFileOfARun) {
  const std::string of_run = temporary("run.h5");
  const std::string of_executable = temporary("executable.h5");
  // The only difference is the time at which they began.
  const std::string at = "env SOURCE_DATE_EPOCH=0 ";
  const std::string tool = at + bouton() + " run " + kNetwork;
  EXPECT_EQ(run_command(tool + " -q -o " + of_run).code, 0);
  EXPECT_EQ(run_command(at + BOUTON_EXECUTABLE " -q -o " + of_executable).code, 0);
  EXPECT_EQ(run_command("cmp " + of_run + " " + of_executable).output, "");
}

TEST(Build, TakesParametersAsDefaultsOfTheExecutable) {
  const std::string file = temporary("large");
  const Said built = run_command(bouton() + " build " + kNetwork + " Large -p n=11 -o " + file);
  ASSERT_EQ(built.code, 0) << built.output;
  const std::string run = bouton() + " run -q " + kNetwork + " Large";
  EXPECT_EQ(hashes(run_command(file + " -q").output), hashes(run_command(run + " -p n=11").output));
  EXPECT_EQ(hashes(run_command(file + " -q -p n=3").output),
            hashes(run_command(run + " -p n=3").output));
  EXPECT_THAT(run_command(file + " --help").output, HasSubstr("n = 11"));
}

TEST(Build, KeepsThePrecisionOfTheExecutable) {
  const std::string file = temporary("single");
  const std::string what = kNetwork + " Large --precision=single";
  const Said built = run_command(bouton() + " build " + what + " -o " + file);
  ASSERT_EQ(built.code, 0) << built.output;
  for (const std::string arguments : {" -q", " -q -p n=3"}) {
    const Said said = run_command(file + arguments);
    EXPECT_THAT(said.output, HasSubstr(", single precision"));
    EXPECT_NE(hashes(said.output), "") << said.output;
    EXPECT_EQ(hashes(said.output),
              hashes(run_command(bouton() + " run " + what + arguments).output));
  }
}

TEST(Build, SaysWhatIsMissing) {
  const std::string build = bouton() + " build " + kNetwork;
  const Said no_compiler = run_command("env PATH= " + build + " -o " + temporary("a"));
  EXPECT_EQ(no_compiler.code, 3);
  EXPECT_THAT(no_compiler.output, HasSubstr("there is no C++ compiler in PATH"));
  const Said no_folder = run_command(build + " -o /nowhere/a");
  EXPECT_EQ(no_folder.code, 3);
  EXPECT_THAT(no_folder.output, HasSubstr("cannot write `/nowhere/a`"));
  const Said no_cpu = run_command(build + " --cpu=abacus -o " + temporary("a"));
  EXPECT_EQ(no_cpu.code, 3);
  EXPECT_THAT(no_cpu.output, HasSubstr("there is no processor `abacus`"));
  EXPECT_EQ(run_command(build + " -p n=x -o " + temporary("a")).code, 1);
  EXPECT_FALSE(std::filesystem::exists(temporary("a")));
}

TEST_F(Executable, GivesTheFileOfASweep) {
  const std::string of_tool = temporary("tool_sweep.h5");
  const std::string of_executable = temporary("executable_sweep.h5");
  const std::string at = "env SOURCE_DATE_EPOCH=0 ";
  const Said tool =
      run_command(at + bouton() + " sweep " + kNetwork + " Sizes --threads 2 -o " + of_tool);
  EXPECT_EQ(tool.code, 0) << tool.output;
  const Said said =
      run_command(at + BOUTON_EXECUTABLE " --sweep Sizes --threads 3 -o " + of_executable);
  EXPECT_EQ(said.code, 0) << said.output;
  EXPECT_THAT(said.output, HasSubstr("2 x 3 points (n, eta), 2 seeds each: 12 replicas"));
  EXPECT_EQ(run_command("cmp " + of_tool + " " + of_executable).output, "");
}

TEST_F(Executable, RefusesASweepWhoseCodeItDoesNotContain) {
  const Said choices = run("--sweep Choices");
  EXPECT_EQ(choices.code, 1);
  EXPECT_THAT(choices.output, HasSubstr("does not contain the code of learns = false"));
  const Said others = run("--sweep Others");
  EXPECT_EQ(others.code, 1);
  EXPECT_THAT(others.output, HasSubstr("the sweep is one of `Large`"));
  EXPECT_THAT(run("--sweep Size").output, HasSubstr("did you mean `Sizes`?"));
}

}  // namespace
}  // namespace bouton::executable
