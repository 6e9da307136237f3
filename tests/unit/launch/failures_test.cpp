// What went wrong is said; that the user wanted no more is not.
#include "compiler/launch/failures.h"

#include <gtest/gtest.h>

#include <vector>

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

TEST(Failures, WhatSeveralReplicasSayAlikeIsSaidOnce) {
  Session session;
  static_cast<void>(session.sources.add_text("main.bouton", "run 1 s\n"));
  std::vector<runtime::ReplicaOutcome> outcomes(5);
  for (const std::size_t i : {1, 2, 4}) outcomes[i].problem = runtime::Problem{{}, "no file", ""};
  outcomes[3].problem = runtime::Problem{{}, "no file", "look for it"};
  EXPECT_FALSE(report_failures(session, outcomes, name_by_seed(10)));
  EXPECT_EQ(session.diagnostics.error_count(), 2U);
  const auto& messages = session.diagnostics.all();
  ASSERT_EQ(messages.size(), 2U);
  EXPECT_EQ(messages[0].headline, "seed 11 and 2 more: no file");
  EXPECT_EQ(messages[1].headline, "seed 13: no file");
}

}  // namespace
}  // namespace bouton::launch
