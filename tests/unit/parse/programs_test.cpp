// The target programs parse, and survive the formatter with meaning, words and comments intact.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "compiler/ast/dump.h"
#include "compiler/ast/printer.h"
#include "compiler/ast/wrap.h"
#include "compiler/parse/lex.h"
#include "tests/unit/parse/parsing.h"

namespace bouton::parse {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

std::vector<fs::path> programs() {
  std::vector<fs::path> paths;
  const auto folder = fs::path(BOUTON_SOURCE_DIR) / "tests/programs";
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  return paths;
}

// Words without layout and parentheses: what the formatter may not touch. Independent of the tree.
std::vector<std::string> words_of(const std::string& text) {
  SyntaxLog log;
  std::vector<std::string> words;
  const auto lexed = lex(text, 0, log);
  for (const Token& token : lexed->tokens) {
    const std::string word(text_of(token, text));
    if (word != "\n" && word != ";" && word != "(" && word != ")") words.push_back(word);
  }
  return words;
}

std::vector<std::string> comments_of(const std::string& text) {
  SyntaxLog log;
  std::vector<std::string> comments;
  const auto lexed = lex(text, 0, log);
  for (const source::Span span : lexed->comments) {
    const std::string comment = text.substr(span.begin, span.end - span.begin);
    comments.push_back(comment.substr(0, comment.find_last_not_of(" \t") + 1));
  }
  return comments;
}

class Program : public testing::TestWithParam<fs::path> {};

TEST_P(Program, Parses) { EXPECT_THAT(parse_text(read(GetParam())).messages, testing::IsEmpty()); }

TEST_P(Program, SurvivesTheFormatter) {
  const std::string text = read(GetParam());
  const Parsed parsed = parse_text(text);
  ASSERT_TRUE(parsed.file);
  const std::string printed = ast::print(*parsed.file);
  const Parsed again = parse_text(printed);
  ASSERT_TRUE(again.file) << again.messages.front();
  EXPECT_EQ(ast::dump(*again.file), ast::dump(*parsed.file));
  EXPECT_EQ(ast::print(*again.file), printed);
  EXPECT_EQ(words_of(printed), words_of(text));
  EXPECT_EQ(comments_of(printed), comments_of(text));
}

TEST_P(Program, IsPrintedWithinTheWidthOfAPage) {
  const Parsed parsed = parse_text(read(GetParam()));
  ASSERT_TRUE(parsed.file);
  std::istringstream printed(ast::print(*parsed.file));
  for (std::string line; std::getline(printed, line);) {
    const std::size_t code = std::min(line.find('#'), line.size());
    EXPECT_LE(ast::width_of(line.substr(0, code)), ast::kWidth + 2) << line;
  }
}

INSTANTIATE_TEST_SUITE_P(Target, Program, testing::ValuesIn(programs()),
                         [](const auto& program) { return program.param.stem().string(); });

}  // namespace
}  // namespace bouton::parse
