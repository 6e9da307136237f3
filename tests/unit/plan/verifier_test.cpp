// Every rule rejects a plan that breaks it, and no rule goes untested.
#include "compiler/plan/verifier.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/unit/plan/breakages.h"
#include "tests/unit/plan/plans.h"

namespace bouton::plan {
namespace {

std::vector<Breakage> all_breakages() {
  std::vector<Breakage> all;
  for (const auto& part :
       {kernel_breakages(), stage_breakages(), schedule_breakages(), host_breakages()})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

std::string describe(const std::vector<VerifierError>& errors) {
  std::string text;
  for (const VerifierError& error : errors) text += error.rule + ": " + error.message + "\n";
  return text.empty() ? "no error" : text;
}

bool objects(const std::vector<VerifierError>& errors, const std::string& rule) {
  return std::ranges::any_of(errors,
                             [&](const VerifierError& error) { return error.rule == rule; });
}

TEST(Verifier, EveryBrokenPlanIsRejectedByTheRuleItBreaks) {
  for (const Breakage& breakage : all_breakages()) {
    Plan plan = breakage.healthy();
    breakage.break_it(plan);
    const std::vector<VerifierError> errors = verify(plan);
    EXPECT_TRUE(objects(errors, breakage.rule))
        << breakage.rule << " did not reject " << breakage.what << ", but: " << describe(errors);
  }
}

TEST(Verifier, EveryRuleIsBrokenBySomePlan) {
  std::set<std::string> broken;
  for (const Breakage& breakage : all_breakages()) broken.insert(breakage.rule);
  for (const VerifierRule& rule : verifier_rules())
    EXPECT_TRUE(broken.contains(std::string(rule.name))) << rule.name;
}

TEST(Verifier, BreakagesNameRulesThatExist) {
  std::set<std::string_view> rules;
  for (const VerifierRule& rule : verifier_rules()) rules.insert(rule.name);
  for (const Breakage& breakage : all_breakages())
    EXPECT_TRUE(rules.contains(breakage.rule)) << breakage.rule;
}

TEST(Verifier, AnEmptyPlanIsWellFormed) { EXPECT_TRUE(verify(Plan{}).empty()); }

TEST(Verifier, AMessageSaysWhereAndWhat) {
  Plan plan = cuba_plan();
  plan.kernels[named(plan.kernels, "arrivals")].reductions[0].order = Order::Unspecified;
  const std::vector<VerifierError> errors = verify(plan);
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].rule, "reductions name their order");
  EXPECT_EQ(errors[0].message, "kernel3 has a reduction without an order");
}

TEST(Verifier, SumsOfInputsMayHaveSeveralWritersOneAfterTheOther) {
  Plan plan = pal_plan();
  const DenseId second{1};
  plan.denses[second].y = plan.denses[DenseId{0}].y;
  EXPECT_TRUE(objects(verify(plan), "one writer per column and stage"));
  plan.denses[second].accumulate = true;
  EXPECT_FALSE(objects(verify(plan), "one writer per column and stage"));
}

}  // namespace
}  // namespace bouton::plan
