// Processors with fewer features give the same results, more slowly.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "compiler/codegen/codegen.h"
#include "runtime/program/cpu_features.h"
#include "tests/support/command/command.h"

namespace bouton::executable {
namespace {

using testing::HasSubstr;

const std::string kSampling = BOUTON_SOURCE_DIR "/examples/02_sampling_sal/main.bouton";
const std::string kSweeps = BOUTON_SOURCE_DIR "/tests/differential/sweep/programs/sweeps.bouton";
const std::string kShort = " -q -p epochs=1 -p validation_factor=1 ";

bool is_served_here(const std::string& cpu) {
  const auto features = codegen::features_of(cpu);
  const auto* names = std::get_if<std::vector<std::string>>(&features);
  return names != nullptr && std::ranges::all_of(*names, [](const std::string& name) {
           return runtime::cpu_has(name);
         });
}

std::vector<std::string> processors_served_here() {
  std::vector<std::string> served;
  for (const char* cpu : {"x86-64", "x86-64-v2", "x86-64-v3", "x86-64-v4"})
    if (is_served_here(cpu)) served.emplace_back(cpu);
  return served;
}

Said run(const std::string& arguments) {
  return run_command(bouton() + " run " + kSampling + kShort + arguments);
}

TEST(Processor, OlderOnesGiveTheSameBits) {
  const auto processors = processors_served_here();
  ASSERT_FALSE(processors.empty());
  for (const std::string arguments : {"", "--seeds 8", "--precision=single --seeds 8"}) {
    const Said native = run(arguments);
    ASSERT_EQ(native.code, 0) << native.output;
    for (const std::string& cpu : processors) {
      const Said older = run(arguments + " --cpu=" + cpu);
      EXPECT_EQ(older.code, 0) << older.output;
      EXPECT_EQ(hashes(older.output), hashes(native.output)) << cpu << " " << arguments;
    }
  }
}

TEST(Processor, CodeForAnOlderOneUsesNoMore) {
  const std::string assembly = run("--cpu=x86-64 --emit=asm").output;
  EXPECT_THAT(assembly, HasSubstr("xmm"));
  EXPECT_EQ(assembly.find("ymm"), std::string::npos);
  EXPECT_EQ(assembly.find("zmm"), std::string::npos);
}

std::string bytes_in(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::string swept(const std::string& arguments) {
  const std::string file = temporary("swept.h5");
  const Said said = run_command("env SOURCE_DATE_EPOCH=0 " + bouton() + " sweep " + kSweeps +
                                " Delays -q -o " + file + " " + arguments);
  EXPECT_EQ(said.code, 0) << said.output;
  return bytes_in(file);
}

TEST(Processor, SweepsGiveTheSameFileForAnOlderOneAndStepByStep) {
  const std::string native = swept("");
  EXPECT_GT(native.size(), 1000U);
  EXPECT_TRUE(swept("--cpu=x86-64") == native);
  EXPECT_TRUE(swept("--plan=step") == native);
  EXPECT_TRUE(swept("--threads 64") == native);
}

TEST(Processor, OneThatThereIsNotIsSaid) {
  const Said said = run("--cpu=pentagon");
  EXPECT_EQ(said.code, 2);
  EXPECT_THAT(said.output,
              HasSubstr("`--cpu`: there is no processor `pentagon`; it takes `native`"));
}

}  // namespace
}  // namespace bouton::executable
