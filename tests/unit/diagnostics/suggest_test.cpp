#include "compiler/diagnostics/suggest.h"

#include <gtest/gtest.h>

#include <vector>

namespace bouton::diagnostics {
namespace {

const std::vector<std::string> kNames = {"tau_ref", "tau_syn", "bias", "u", "membrane_potential"};

TEST(Suggest, EditsAreCounted) {
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
  EXPECT_EQ(edit_distance("same", "same"), 0U);
}

TEST(Suggest, ASwapOfNeighboursIsOneEdit) { EXPECT_EQ(edit_distance("bais", "bias"), 1U); }

TEST(Suggest, TheClosestNameIsSuggested) {
  EXPECT_EQ(suggest_name("tau_rf", kNames), "tau_ref");
  EXPECT_EQ(suggest_name("bais", kNames), "bias");
  EXPECT_EQ(suggest_name("membrane_potental", kNames), "membrane_potential");
}

TEST(Suggest, TheFirstOfEquallyCloseNamesIsSuggested) {
  const std::vector<std::string> names = {"ab1", "ab2"};
  EXPECT_EQ(suggest_name("abx", names), "ab1");
}

TEST(Suggest, NothingIsSuggestedForADistantName) {
  EXPECT_EQ(suggest_name("reward", kNames), std::nullopt);
  EXPECT_EQ(suggest_name("x", kNames), std::nullopt) << "one letter replaced is another name";
  EXPECT_EQ(suggest_name("", kNames), std::nullopt);
}

TEST(Suggest, ADifferenceInCaseIsAlwaysClose) {
  EXPECT_EQ(suggest_name("TAU_REF", kNames), "tau_ref");
}

TEST(Suggest, TheOnlyNameThatBeginsSoIsSuggested) {
  const std::vector<std::string> names = {"learning", "weight", "tau_ref", "tau_syn"};
  EXPECT_EQ(suggest_name("learn", names), "learning");
  EXPECT_EQ(suggest_name("tau", names), std::nullopt) << "there are two";
  EXPECT_EQ(suggest_name("we", names), std::nullopt) << "too short";
}

TEST(Suggest, TheNameItselfIsNotSuggested) {
  const std::vector<std::string> names = {"bias"};
  EXPECT_EQ(suggest_name("bias", names), std::nullopt);
}

TEST(Suggest, TheHintIsEmptyWithoutASuggestion) {
  EXPECT_EQ(suggest_hint("bais", kNames), "did you mean `bias`?");
  EXPECT_EQ(suggest_hint("reward", kNames), "");
}

}  // namespace
}  // namespace bouton::diagnostics
