#include "compiler/source/utf8.h"

#include <gtest/gtest.h>

namespace bouton::source {
namespace {

using namespace std::string_view_literals;

TEST(Utf8, WellFormedTextOfEveryLengthIsAccepted) {
  EXPECT_EQ(find_invalid_utf8("a \xC2\xB5 \xE2\x82\xAC \xF0\x9F\xA7\xA0"sv), std::nullopt);
  EXPECT_EQ(find_invalid_utf8(""sv), std::nullopt);
  EXPECT_EQ(find_invalid_utf8("\0"sv), std::nullopt);
}

TEST(Utf8, TheFirstBadByteIsNamed) {
  EXPECT_EQ(find_invalid_utf8("ab\xFFzz\xFF"sv), 2U);
  EXPECT_EQ(find_invalid_utf8("\xC2\xB5\x80"sv), 2U) << "a continuation byte without a lead byte";
}

TEST(Utf8, TruncatedSequencesAreRejected) {
  EXPECT_EQ(find_invalid_utf8("a\xE2\x82"sv), 1U);
  EXPECT_EQ(find_invalid_utf8("\xE2\x82z"sv), 0U);
}

TEST(Utf8, OverlongFormsAreRejected) {
  EXPECT_EQ(find_invalid_utf8("\xC0\x80"sv), 0U);
  EXPECT_EQ(find_invalid_utf8("\xE0\x9F\xBF"sv), 0U);
  EXPECT_EQ(find_invalid_utf8("\xF0\x8F\xBF\xBF"sv), 0U);
}

TEST(Utf8, SurrogatesAndValuesBeyondUnicodeAreRejected) {
  EXPECT_EQ(find_invalid_utf8("\xED\xA0\x80"sv), 0U);
  EXPECT_EQ(find_invalid_utf8("\xF4\x90\x80\x80"sv), 0U);
  EXPECT_EQ(find_invalid_utf8("\xF4\x8F\xBF\xBF"sv), std::nullopt);
}

TEST(Utf8, ACodePointIsDecodedWithItsLength) {
  const auto euro = decode_code_point("x\xE2\x82\xAC"sv, 1);
  ASSERT_TRUE(euro.has_value());
  EXPECT_EQ(euro->value, U'\u20AC');
  EXPECT_EQ(euro->length, 3U);
  EXPECT_FALSE(decode_code_point("x"sv, 1).has_value());
}

TEST(Utf8, CodePointsAreCountedNotBytes) { EXPECT_EQ(count_code_points("\xC2\xB5m"sv), 2U); }

}  // namespace
}  // namespace bouton::source
