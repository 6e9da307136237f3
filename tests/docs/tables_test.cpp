// The reference mentions whatever the compiler knows: functions, units, words, operators.
// UPDATE_GOLDEN=1 rewrites the tables.
#include "tests/docs/tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include "compiler/ast/expr.h"

namespace bouton::docs {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = BOUTON_SOURCE_DIR;

std::string read_file(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  EXPECT_TRUE(stream.is_open()) << path;
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

void expect_table(const std::string& name, const std::string& expected) {
  const fs::path document = kRoot / "docs/language.md";
  if (std::getenv("UPDATE_GOLDEN") != nullptr) replace_table(document, name, expected);
  EXPECT_EQ(find_table(read_file(document), name), expected)
      << "UPDATE_GOLDEN=1 rewrites the table";
}

TEST(Tables, AllFunctionsStandInTheReference) { expect_table("functions", render_functions()); }
TEST(Tables, AllUnitsStandInTheReference) { expect_table("units", render_units()); }
TEST(Tables, AllTypesStandInTheReference) { expect_table("types", render_types()); }
TEST(Tables, AllReducersStandInTheReference) { expect_table("reducers", render_reducers()); }

TEST(Tables, WhatTheInterpreterRefusesStandsInTheReference) {
  expect_table("uninterpreted", render_uninterpreted());
}
TEST(Tables, WhatTheCompilerRefusesStandsInTheReference) {
  expect_table("unlowered", render_unlowered());
}

// What the document has in code: fenced blocks and `spans`.
std::string code_of(const std::string& markdown) {
  static const std::regex kCode("```[^\n]*\n([^]*?)```|`([^`\n]+)`");
  std::string code;
  for (std::sregex_iterator it(markdown.begin(), markdown.end(), kCode), end; it != end; ++it)
    code += " " + (*it)[1].str() + (*it)[2].str() + " ";
  return code;
}

std::set<std::string> words_of(const std::string& code) {
  static const std::regex kWord("[A-Za-z_][A-Za-z_0-9]*");
  std::set<std::string> words;
  for (std::sregex_iterator it(code.begin(), code.end(), kWord), end; it != end; ++it)
    words.insert(it->str());
  return words;
}

TEST(Reference, UsesEveryWordOfTheGrammar) {
  const std::string grammar = read_file(kRoot / "grammar/BoutonLexer.g4");
  static const std::regex kKeyword("\n[A-Z_]+: '([a-z_]+)';");
  const std::set<std::string> used = words_of(code_of(read_file(kRoot / "docs/language.md")));
  std::size_t keywords = 0;
  for (std::sregex_iterator it(grammar.begin(), grammar.end(), kKeyword), end; it != end; ++it) {
    ++keywords;
    EXPECT_TRUE(used.contains((*it)[1].str())) << (*it)[1].str();
  }
  EXPECT_GT(keywords, 80U);
}

TEST(Reference, ExplainsEveryOperator) {
  const std::string reference = read_file(kRoot / "docs/language.md");
  const auto expect_mention = [&](const char* op) {
    EXPECT_THAT(reference, testing::HasSubstr("`" + std::string(op) + "`"));
  };
  using enum ast::BinaryOp;
  for (const auto op : {Add, Subtract, Multiply, Divide, Modulo, Power})
    expect_mention(ast::spelling_of(op));
  for (const auto op :
       {ast::ComparisonOp::Equal, ast::ComparisonOp::NotEqual, ast::ComparisonOp::Less,
        ast::ComparisonOp::LessEqual, ast::ComparisonOp::Greater, ast::ComparisonOp::GreaterEqual})
    expect_mention(ast::spelling_of(op));
  for (const auto op : {ast::LogicalOp::And, ast::LogicalOp::Or})
    expect_mention(ast::spelling_of(op));
  for (const auto op : {ast::UnaryOp::Negate, ast::UnaryOp::Not})
    expect_mention(ast::spelling_of(op));
}

}  // namespace
}  // namespace bouton::docs
