#include "compiler/diagnostics/foreign_words.h"

#include <gtest/gtest.h>

namespace bouton::diagnostics {
namespace {

TEST(ForeignWords, AWordHasAHintInItsPlaceOnly) {
  EXPECT_EQ(hint_about_foreign_word("simulate", WordPlace::Statement),
            "an experiment is run by `run 1 s`");
  EXPECT_EQ(hint_about_foreign_word("simulate", WordPlace::Item), "");
}

TEST(ForeignWords, OneWordMayMeanDifferentThings) {
  EXPECT_NE(hint_about_foreign_word("clip", WordPlace::Item), "");
  EXPECT_NE(hint_about_foreign_word("clip", WordPlace::Function), "");
  EXPECT_NE(hint_about_foreign_word("clip", WordPlace::Item),
            hint_about_foreign_word("clip", WordPlace::Function));
}

TEST(ForeignWords, OtherWordsHaveNone) {
  EXPECT_EQ(hint_about_foreign_word("tau_ref", WordPlace::Statement), "");
}

}  // namespace
}  // namespace bouton::diagnostics
