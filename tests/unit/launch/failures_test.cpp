// What went wrong is said; that the user wanted no more is not.
#include "compiler/launch/failures.h"

#include <gtest/gtest.h>

namespace bouton::launch {
namespace {

TEST(Failures, AProblemWithTheWordsOfACancellationIsReported) {
  Session session;
  static_cast<void>(session.sources.add_text("main.bouton", "run 1 s\n"));
  runtime::ReplicaOutcome outcome;
  outcome.problem = runtime::Problem{{}, runtime::cancellation().message, ""};
  EXPECT_FALSE(report_failures(session, {&outcome, 1}, name_by_seed(0)));
  EXPECT_EQ(session.diagnostics.error_count(), 1U);
}

TEST(Failures, ACancellationIsNoMessageButNoSuccessEither) {
  Session session;
  runtime::ReplicaOutcome outcome;
  outcome.problem = runtime::cancellation();
  outcome.interrupted = true;
  EXPECT_FALSE(report_failures(session, {&outcome, 1}, name_by_seed(0)));
  EXPECT_EQ(session.diagnostics.error_count(), 0U);
}

}  // namespace
}  // namespace bouton::launch
