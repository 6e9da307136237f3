// The texts that a result file keeps.
#include "compiler/launch/describe_run.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "compiler/diagnostics/render.h"
#include "compiler/launch/pipeline.h"

namespace bouton::launch {
namespace {

namespace fs = std::filesystem;

// Its name is the one under which messages show `--param`.
TEST(DescribeRun, KeepsAProgramWhateverItsNameAndNoArguments) {
  const fs::path before = fs::current_path();
  const fs::path folder = fs::path(testing::TempDir()) / "describe_run";
  fs::create_directories(folder);
  fs::current_path(folder);
  const std::string text = "experiment E(n = 1) { timestep 1 ms; record n }\n";
  std::ofstream("command line") << text;
  Session session;
  const auto program = check_file(session, "command line");
  ASSERT_TRUE(program) << diagnostics::render_text(session.diagnostics, session.sources);
  const auto network = bind(session, *program, model::ExperimentId{0}, {{"n=2"}, {}, {}, "."});
  ASSERT_TRUE(network) << diagnostics::render_text(session.diagnostics, session.sources);
  const runtime::RunDescription run = describe_run(session, *network, "command line", 1);
  fs::current_path(before);
  fs::remove_all(folder);
  ASSERT_EQ(run.sources.size(), 1U);
  EXPECT_EQ(run.sources.front().name, "command line");
  EXPECT_EQ(run.sources.front().text, text);
}

}  // namespace
}  // namespace bouton::launch
