#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/unit/parse/parsing.h"

namespace bouton::parse {
namespace {

using testing::ElementsAre;

std::vector<std::string> messages_of(std::string_view text) { return parse_text(text).messages; }

// The messages about one statement of an experiment that begins in the first column of line 2.
std::vector<std::string> complaints(std::string_view statement) {
  return messages_of("experiment E {\n" + std::string(statement) + "\n}");
}

TEST(SyntaxErrors, NameWhatIsExpectedAndWhatWasFound) {
  EXPECT_THAT(complaints("x = f(a b)"),
              ElementsAre("2:9 expected `)` to close the call or `,`, found `b` (is a `,` missing "
                          "before `b`?)"));
  EXPECT_THAT(complaints("projection W: z > z.I"),
              ElementsAre("2:17 expected `->`, `.` or `[`, found `>`"));
  EXPECT_THAT(complaints("for x 1 .. 3 { break }"), ElementsAre("2:7 expected `in`, found `1`"));
  EXPECT_THAT(complaints("clip W.w to 3"), ElementsAre("2:13 expected `[`, found `3`"));
  EXPECT_THAT(complaints("projection W: z -> z.I, foo"),
              ElementsAre("2:25 expected a clause of the projection, found `foo`"));
  EXPECT_THAT(complaints("print \"x\" y"),
              ElementsAre("2:11 expected `,` or the end of the statement, found `y` "
                          "(is a `,` missing before `y`?)"));
  EXPECT_THAT(complaints("3 = x"), ElementsAre("2:1 expected a statement, found `3`"));
  EXPECT_THAT(complaints("x = 5 ms s"),
              ElementsAre("2:10 expected the end of the statement, found `s`"));
}

TEST(SyntaxErrors, ALineEndIsShownBehindTheLastWord) {
  EXPECT_THAT(complaints("timestep   # nothing"),
              ElementsAre("2:9 expected a value, found the end of the line"));
  EXPECT_THAT(messages_of("import rules.\n"),
              ElementsAre("1:14 expected a name, found the end of the line"));
}

TEST(SyntaxErrors, HintsForTheUsualSlips) {
  EXPECT_THAT(complaints("populaton z[3]: X()"),
              ElementsAre("2:11 expected an assignment (`=`, `+=`, …), found `z` "
                          "(did you mean `population`?)"));
  EXPECT_THAT(messages_of("nueron X { }"),
              ElementsAre("1:1 expected a declaration (`neuron`, `rule`, `experiment`, …), "
                          "found `nueron` (did you mean `neuron`?)"));
  EXPECT_THAT(complaints("if a = 3 { break }"),
              ElementsAre("2:6 expected `{`, found `=` (`==` compares, `=` assigns)"));
  EXPECT_THAT(complaints("let rule = 3"),
              ElementsAre("2:5 expected a name, found `rule` (`rule` is a reserved word)"));
  EXPECT_THAT(complaints("x = 1 + if a: 2 else: 3"),
              ElementsAre("2:9 expected a value, found `if` "
                          "(as an operand, `if … : … else: …` stands in parentheses)"));
}

TEST(SyntaxErrors, EachStatementIsReportedOnceAndAllAreReported) {
  EXPECT_THAT(messages_of("neuron A(x = ) {\n  state 5\n  u = = 1\n  on foo { }\n}\n"
                          "experiment E {\n  run\n  if a {\n    let = 1 = 2\n    y = 3\n  }\n}\n"),
              ElementsAre("1:14 expected a value, found `)`", "2:9 expected a name, found `5`",
                          "3:7 expected a value, found `=`",
                          "4:6 expected `pair`, `post`, `pre`, `spike` or `step`, found `foo`",
                          "7:6 expected a value, found the end of the line",
                          "9:9 expected a name, found `=`"));
}

TEST(SyntaxErrors, AreCapped) {
  std::string body;
  for (int i = 0; i < 500; ++i) body += "x = = 1\n";
  EXPECT_EQ(complaints(body).size(), 20U);
}

TEST(SyntaxErrors, AnEmptyFileHoldsNothing) {
  const std::string message =
      "1:1 there is nothing in this file (a program declares neurons, rules and an `experiment`)";
  EXPECT_THAT(messages_of(""), ElementsAre(message));
  EXPECT_THAT(messages_of("\n  # words\n\n"), ElementsAre(message));
}

TEST(Characters, UnknownOnesAreOneMessagePerRun) {
  EXPECT_THAT(complaints("x = 3 % 4"),
              ElementsAre("2:7 the character `%` means nothing here (the remainder is `a mod b`)"));
  EXPECT_THAT(complaints("x = a ≤ b"),
              ElementsAre("2:7 the character `≤` means nothing here (write `<=`)"));
  EXPECT_THAT(complaints("§$?&"),
              ElementsAre("2:1 the character `§` means nothing here "
                          "(comments begin with `#`, strings stand in `\"…\"`)"));
  EXPECT_THAT(complaints(std::string("x = \0 1", 7)),
              ElementsAre("2:5 the character `\\x00` means nothing here "
                          "(comments begin with `#`, strings stand in `\"…\"`)"));
}

TEST(Characters, StringsEndOnTheirLine) {
  EXPECT_THAT(complaints("x = \"abc\ny = = 2"),
              ElementsAre("2:5 the string has no end (a string ends with `\"` on its line)",
                          "3:5 expected a value, found `=`"));
}

TEST(Characters, UnknownEscapesAreRefused) {
  EXPECT_THAT(complaints("x = \"a\\qb\""),
              ElementsAre("2:7 `\\q` is no escape sequence "
                          "(the escapes are `\\n`, `\\t`, `\\\"` and `\\\\`)"));
}

TEST(Numbers, BeyondTheRangeAreRefused) {
  EXPECT_THAT(complaints("x = 1e999"), ElementsAre("2:5 the number `1e999` is too large"));
  EXPECT_THAT(complaints("x = 2 ms^99999999999"),
              ElementsAre("2:10 the number `99999999999` is too large"));
  EXPECT_EQ(structure_of("1e-999"), "1e-999");
}

TEST(Primes, StandOnlyAfterNames) {
  EXPECT_THAT(complaints("x = (a + b)'"),
              ElementsAre("2:12 `'` stands after a name, not after an expression "
                          "(the derivative of a function is written `f'(x)`)"));
}

TEST(Brackets, ThatAreNotClosedAreReportedWhereTheyWereOpened) {
  EXPECT_THAT(complaints("x = (1 + 2\ny = 2\nlet z = f(1"),
              ElementsAre("2:5 `(` is never closed", "4:10 `(` is never closed"));
  EXPECT_THAT(complaints("x = (1 + 2\nlet y = = 2"),
              ElementsAre("2:5 `(` is never closed", "3:9 expected a value, found `=`"));
  EXPECT_THAT(complaints("run f(x observing { y = 3 }"), ElementsAre("2:6 `(` is never closed"));
  EXPECT_THAT(complaints("x = f(1; y = 2"), ElementsAre("2:6 `(` is never closed"));
}

TEST(Brackets, SemicolonsDoNotStandInside) {
  EXPECT_THAT(complaints("x = [1, (2); 3]"), ElementsAre("2:12 expected `,` or `]`, found `;`"));
}

TEST(Brackets, BracesThatAreNotClosedEndWhereTheNextDeclarationBegins) {
  EXPECT_THAT(messages_of("experiment A {\n  x = 1\n\nneuron B {\n  u = = 1\n}\n"),
              ElementsAre("1:14 `{` is never closed", "5:7 expected a value, found `=`"));
  EXPECT_THAT(messages_of("experiment A {\n  if b {\n    x = 1\n}\n\nneuron B { }\n"),
              ElementsAre("2:8 `{` is never closed"));
  EXPECT_THAT(messages_of("rule R {"), ElementsAre("1:8 `{` is never closed"));
}

TEST(Brackets, ThatCloseNothingAreReported) {
  EXPECT_THAT(messages_of("experiment E { }\n}\n"), ElementsAre("2:1 `}` closes nothing"));
  EXPECT_THAT(complaints("x = 1)"), ElementsAre("2:6 `)` closes nothing"));
  EXPECT_THAT(complaints("x = (1]"), ElementsAre("2:7 `(` is closed by `]`"));
}

}  // namespace
}  // namespace bouton::parse
