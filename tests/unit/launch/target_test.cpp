// Which files results replace.
#include "compiler/launch/target.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "compiler/launch/session.h"

namespace bouton::launch {
namespace {

namespace fs = std::filesystem;

class Target : public testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        fs::path(testing::TempDir()) /
        (std::string("target_") + testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  std::string problem_with(const std::string& name) const {
    const Session session;
    const auto problem = find_target_problem(session.sources, path(name), TargetKind::Results);
    return problem ? problem->message : "";
  }

  fs::path folder_;
};

TEST_F(Target, OtherPeoplesHdf5IsNotReplaced) {
  fs::copy_file(BOUTON_SOURCE_DIR "/tests/differential/programs/data/targets.h5", path("mine.h5"));
  EXPECT_EQ(problem_with("mine.h5"), "`" + path("mine.h5") + "` is there and holds no results");
}

TEST_F(Target, DamagedHdf5IsNotReplaced) {
  std::ofstream(path("cut.h5"), std::ios::binary) << "\x89HDF\r\n\x1a\n and nothing else";
  EXPECT_NE(problem_with("cut.h5"), "");
}

TEST_F(Target, WhatTheProgramLoadsIsNotReplaced) {
  std::ofstream(path("w.h5")) << "1";
  runtime::RunDescription run;
  run.program = path("main.bouton");
  run.files = {{"w.h5", 1, 0}};
  const auto problem = find_input_problem(run, path("./w.h5"));
  ASSERT_TRUE(problem);
  EXPECT_EQ(problem->message, "this program names `" + path("./w.h5") + "`, which it may load");
  EXPECT_FALSE(find_input_problem(run, path("out.h5")));
}

TEST_F(Target, NewFilesAndEmptyOnesAreWritten) {
  EXPECT_EQ(problem_with("new.h5"), "");
  std::ofstream(path("empty.h5")).flush();
  EXPECT_EQ(problem_with("empty.h5"), "");
}

}  // namespace
}  // namespace bouton::launch
