// `bouton verify` notices where compiled and interpreted code differ, and says where. The
// differences are put into what one of the two ways gives back, or into what it runs.
#include "compiler/driver/verification.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "compiler/driver/commands.h"

namespace bouton::driver {
namespace {

namespace fs = std::filesystem;
using runtime::ReplicaOutcome;
using ::testing::HasSubstr;

constexpr const char* kProgram = R"(neuron Coin(p = 0.5) { spike with probability p }
experiment Coins {
  timestep 1 ms
  population z[3]: Coin()
  for i in 0 .. 4 {
    run 20 ms observing { n = count(z) }
    record i, n, share = sum(n)/60
  }
  print "done"
}
)";

class Verification : public testing::Test {
 protected:
  void SetUp() override {
    file_ =
        fs::path(testing::TempDir()) / ("verification_" + std::to_string(::getpid()) + ".bouton");
    std::ofstream(file_) << kProgram;
  }
  void TearDown() override { fs::remove(file_); }

  // With `change` applied to what compiled code gives back.
  template <typename Change>
  std::string verify_changed(Change change) {
    Ways ways = both_ways();
    ways.compiled = [change, compiled = both_ways().compiled](Session& session,
                                                              const elaborate::Network& network,
                                                              const runtime::Listener& listener) {
      auto outcome = compiled(session, network, listener);
      if (outcome) change(*outcome);
      return outcome;
    };
    return verify_with(ways);
  }

  std::string verify_with(const Ways& ways) {
    VerifyOptions options;
    options.file = file_.string();
    testing::internal::CaptureStdout();
    code_ = verify(options, ways);
    return testing::internal::GetCapturedStdout();
  }

  fs::path file_;
  int code_ = -1;
};

TEST_F(Verification, PassesWhereBothAgree) {
  EXPECT_THAT(verify_with(both_ways()), HasSubstr("1 check: 1 passed, 0 failed"));
  EXPECT_EQ(code_, kSuccess);
}

TEST_F(Verification, NoticesTheLastBitOfOneNumber) {
  const std::string said = verify_changed([](ReplicaOutcome& outcome) {
    auto& number = outcome.results.tables.front().rows[3][2];
    number = runtime::Value(std::nextafter(number.as<runtime::Tensor>()->scalar(), 2.0));
  });
  EXPECT_THAT(said, HasSubstr("FAIL"));
  EXPECT_THAT(said, HasSubstr("first in `share`, row 3"));
  EXPECT_THAT(said, HasSubstr("1 check: 0 passed, 1 failed"));
  EXPECT_EQ(code_, kRunFailed);
}

TEST_F(Verification, NoticesOtherRandomNumbers) {
  Ways ways = both_ways();
  ways.compiled = [compiled = both_ways().compiled](Session& session,
                                                    const elaborate::Network& network,
                                                    const runtime::Listener& listener) {
    elaborate::Network other = network;
    other.seed += 1;
    return compiled(session, other, listener);
  };
  EXPECT_THAT(verify_with(ways), HasSubstr("first in `n`, row 0"));
  EXPECT_EQ(code_, kRunFailed);
}

TEST_F(Verification, NoticesAMissingRow) {
  EXPECT_THAT(verify_changed(
                  [](ReplicaOutcome& outcome) { outcome.results.tables.front().rows.pop_back(); }),
              HasSubstr("FAIL"));
  EXPECT_EQ(code_, kRunFailed);
}

TEST_F(Verification, NoticesAnotherLine) {
  const std::string said =
      verify_changed([](ReplicaOutcome& outcome) { outcome.printed.front() = "dome"; });
  EXPECT_THAT(said, HasSubstr("first in `dome`, interpreted `done`"));
  EXPECT_EQ(code_, kRunFailed);
}

TEST_F(Verification, NoticesAProblemThatOnlyOneHas) {
  const std::string said = verify_changed([](ReplicaOutcome& outcome) {
    outcome.problem = runtime::Problem{{}, "the spike probability is nan", ""};
  });
  EXPECT_THAT(said, HasSubstr("then: the spike probability is nan"));
  EXPECT_THAT(said, HasSubstr("FAIL"));
  EXPECT_EQ(code_, kRunFailed);
}

}  // namespace
}  // namespace bouton::driver
