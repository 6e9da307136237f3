#include "compiler/diagnostics/diagnostics.h"

#include <gtest/gtest.h>

#include <cctype>
#include <set>

namespace bouton::diagnostics {
namespace {

using source::Span;

TEST(Diagnostics, NamesOfKindsAreKebabCase) {
  EXPECT_EQ(name_of(Kind::FileNotReadable), "file-not-readable");
  EXPECT_EQ(name_of(Kind::InvalidUtf8), "invalid-utf8");
}

TEST(Diagnostics, EveryKindHasANameOfItsOwn) {
  std::set<std::string_view> names;
  for (const Kind kind : all_kinds()) names.insert(name_of(kind));
  EXPECT_EQ(names.size(), all_kinds().size());
}

TEST(Diagnostics, HeadlinesFollowTheHouseStyle) {
  for (const Kind kind : all_kinds()) {
    const std::string_view headline = headline_of(kind);
    ASSERT_FALSE(headline.empty()) << name_of(kind);
    EXPECT_FALSE(headline.ends_with('.')) << name_of(kind) << ": no full stop";
    EXPECT_FALSE(std::isupper(static_cast<unsigned char>(headline.front())))
        << name_of(kind) << ": lower case";
  }
}

TEST(Diagnostics, ArgumentsFillTheHeadlineInOrder) {
  Diagnostics diagnostics;
  diagnostics.report(Kind::FileNotReadable, Span{}, {"a {} b", "no such file"});
  EXPECT_EQ(diagnostics.all().at(0).headline, "cannot read `a {} b`: no such file");
}

TEST(Diagnostics, AWrongNumberOfArgumentsIsAnInternalError) {
  Diagnostics diagnostics;
  EXPECT_DEATH(diagnostics.report(Kind::FileNotReadable, Span{}, {"a"}), "too few arguments");
  EXPECT_DEATH(diagnostics.report(Kind::UnknownName, Span{}, {"a", "b"}), "too many arguments");
}

TEST(Diagnostics, LabelsAndHintsCompleteTheLastMessage) {
  Diagnostics diagnostics;
  diagnostics.report(Kind::UnknownName, Span{0, 1, 2}, {"first"})
      .label("here")
      .other(Span{0, 5, 6}, "declared here")
      .hint("write less");
  const Diagnostic& message = diagnostics.all().at(0);
  EXPECT_EQ(message.label, "here");
  ASSERT_EQ(message.others.size(), 1U);
  EXPECT_EQ(message.others[0].span, (Span{0, 5, 6}));
  EXPECT_EQ(message.others[0].text, "declared here");
  EXPECT_EQ(message.hint, "write less");
}

TEST(Diagnostics, TheSameMessageAtTheSamePlaceIsReportedOnce) {
  Diagnostics diagnostics;
  diagnostics.report(Kind::UnknownName, Span{0, 1, 2}, {"x"}).hint("first");
  diagnostics.report(Kind::UnknownName, Span{0, 1, 2}, {"x"}).hint("second");
  diagnostics.report(Kind::UnknownName, Span{0, 1, 2}, {"y"});
  diagnostics.report(Kind::UnknownName, Span{0, 1, 3}, {"x"});
  EXPECT_EQ(diagnostics.error_count(), 3U);
  ASSERT_EQ(diagnostics.all().size(), 3U);
  EXPECT_EQ(diagnostics.all()[0].hint, "first");
}

TEST(Diagnostics, ErrorsBeyondTheCapAreCountedNotStored) {
  Diagnostics diagnostics;
  for (std::uint32_t i = 0; i < Diagnostics::kErrorCap + 7; ++i) {
    diagnostics.report(Kind::UnknownName, Span{0, i, i + 1}, {"x"}).hint("h");
  }
  EXPECT_EQ(diagnostics.all().size(), Diagnostics::kErrorCap);
  EXPECT_EQ(diagnostics.suppressed(), 7U);
  EXPECT_EQ(diagnostics.error_count(), Diagnostics::kErrorCap + 7);
}

TEST(Diagnostics, WithoutMessagesThereAreNoErrors) {
  const Diagnostics diagnostics;
  EXPECT_FALSE(diagnostics.has_errors());
  EXPECT_TRUE(diagnostics.all().empty());
}

}  // namespace
}  // namespace bouton::diagnostics
