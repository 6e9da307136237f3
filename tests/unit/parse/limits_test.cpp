// What could make a recursive phase overflow its stack, or the parser take for ever.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "compiler/ast/dump.h"
#include "compiler/ast/printer.h"
#include "tests/unit/parse/parsing.h"

namespace bouton::parse {
namespace {

std::string repeat(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

std::string value(const std::string& expression) {
  return "experiment E {\nx = " + expression + "\n}\n";
}

std::string first_message(const std::string& text) {
  const Parsed parsed = parse_text(text);
  EXPECT_FALSE(parsed.file);
  return parsed.messages.empty() ? "" : parsed.messages.front();
}

TEST(Limits, NestingAHundredThousandDeepIsAMessage) {
  for (const char* opener : {"(", "[", "f(", "-("}) {
    EXPECT_THAT(first_message(value(repeat(opener, 100'000))),
                testing::EndsWith("more than 200 levels of brackets"))
        << opener;
  }
  EXPECT_THAT(first_message("experiment E {\n" + repeat("if a {\n", 60'000)),
              testing::EndsWith("more than 200 levels of brackets"));
}

TEST(Limits, LongChainsOfOperatorsAreAMessage) {
  const std::string message = "more than 1000 operators in one statement";
  for (const char* link : {"a + ", "-", "not ", "a^", "if a: b else: ", "a and "}) {
    EXPECT_THAT(first_message(value(repeat(link, 40'000) + "a")), testing::HasSubstr(message))
        << link;
  }
  for (const char* link : {".a", "[0]", "'", " + (b)"}) {
    EXPECT_THAT(first_message(value("a" + repeat(link, 40'000))), testing::HasSubstr(message))
        << link;
  }
  EXPECT_THAT(first_message("experiment E {\nif a { }" + repeat(" else if a { }", 30'000) + "\n}"),
              testing::HasSubstr(message));
}

TEST(Limits, ChainsInsideNestedBracketsAddUp) {
  std::string text = "a";
  for (int level = 0; level < 20; ++level) text = "(" + text + repeat(" + a", 100) + ")";
  EXPECT_THAT(first_message(value(text)), testing::HasSubstr("more than 1000 operators"));
}

TEST(Limits, WhatIsAllowedIsPrintedAndDumped) {
  for (const std::string& expression :
       {repeat("a + ", 990) + "b", repeat("-", 990) + "b", repeat("a^", 990) + "b",
        "a" + repeat("[0]", 990), repeat("(", 190) + "a" + repeat(")", 190),
        repeat("-(", 190) + "a" + repeat(")", 190), repeat("if a: b else: ", 490) + "c"}) {
    const Parsed parsed = parse_text(value(expression));
    ASSERT_TRUE(parsed.file) << parsed.messages.front();
    const Parsed again = parse_text(ast::print(*parsed.file));
    ASSERT_TRUE(again.file) << again.messages.front();
    EXPECT_EQ(ast::dump(*again.file), ast::dump(*parsed.file));
  }
}

TEST(Limits, ElementsOfAnArrayDoNotAddUp) {
  EXPECT_TRUE(parse_text(value("[" + repeat("-1 + 2, ", 5'000) + "3]")).file);
  EXPECT_TRUE(parse_text(value("f(" + repeat("(a + b) * c, ", 2'000) + "d)")).file);
}

TEST(Limits, StatementsDoNotAddUp) {
  EXPECT_TRUE(parse_text("experiment E {\n" + repeat("x = a + b * (c - d)\n", 5'000) + "}").file);
}

TEST(Limits, FilesHaveABoundedNumberOfWords) {
  EXPECT_THAT(first_message(repeat("x ", 300'000)),
              testing::HasSubstr("the file has more than 250000 words"));
  EXPECT_THAT(first_message(repeat("§ ", 300'000)), testing::HasSubstr("means nothing here"));
}

}  // namespace
}  // namespace bouton::parse
