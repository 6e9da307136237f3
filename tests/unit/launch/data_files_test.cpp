// The files that an experiment loads, wherever their names stand.
#include "compiler/launch/data_files.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "compiler/diagnostics/render.h"
#include "compiler/launch/pipeline.h"

namespace bouton::launch {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;

class DataFiles : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(testing::TempDir()) /
              (std::string("data_files_") +
               testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    for (const char* name : {"a.csv", "b.csv", "c.csv", "d.csv", "unused.csv"})
      std::ofstream(folder_ / name) << "1\n2\n" << name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::vector<std::string> names_in(const std::string& statements,
                                    const std::vector<std::string>& parameters = {}) {
    const std::string file = (folder_ / "main.bouton").string();
    std::ofstream(file) << "experiment E(name = \"d.csv\") {\n"
                           "  timestep 1 ms\n" +
                               statements + "\n}\n";
    Session session;
    const auto program = check_file(session, file);
    if (!program) return {diagnostics::render_text(session.diagnostics, session.sources)};
    const auto network = bind(session, *program, model::ExperimentId{0},
                              {parameters, {}, elaborate::Precision::Double, folder_.string()});
    if (!network) return {diagnostics::render_text(session.diagnostics, session.sources)};
    files_ = find_data_files(*network);
    std::vector<std::string> names;
    for (const runtime::DescribedFile& described : files_) names.push_back(described.name);
    return names;
  }

  fs::path folder_;
  std::vector<runtime::DescribedFile> files_;
};

TEST_F(DataFiles, AreFoundWhereverTheirNamesStand) {
  EXPECT_THAT(
      names_in("let x = load(\"b.csv\")\n"
               "for n in [\"a.csv\", \"c.csv\"] { if length(x) > 0 { record y = load(n) } }\n"
               "record name"),
      ElementsAre("a.csv", "b.csv", "c.csv", "d.csv"));
}

TEST_F(DataFiles, AreThoseOfTheParameters) {
  EXPECT_THAT(names_in("record y = load(name)", {"name=\"a.csv\""}), ElementsAre("a.csv", "d.csv"));
}

TEST_F(DataFiles, AreNoneWhereNothingIsLoaded) { EXPECT_THAT(names_in("record name"), IsEmpty()); }

TEST_F(DataFiles, HaveAnotherChecksumWhenTheyHaveChanged) {
  names_in("record name, y = load(\"a.csv\")");
  ASSERT_FALSE(files_.empty());
  const runtime::DescribedFile before = files_.front();
  std::ofstream(folder_ / "a.csv") << "1\n3\na.csv";
  names_in("record name, y = load(\"a.csv\")");
  EXPECT_EQ(files_.front().size, before.size);
  EXPECT_NE(files_.front().checksum, before.checksum);
}

}  // namespace
}  // namespace bouton::launch
