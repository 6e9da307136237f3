// Random words in random order, and real programs with random damage: the parser never crashes,
// always ends, and says something exactly when it delivers nothing. What it accepts survives
// printing.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>

#include "compiler/ast/dump.h"
#include "compiler/ast/printer.h"
#include "tests/unit/parse/parsing.h"

namespace bouton::parse {
namespace {

constexpr std::array kWords{
    "experiment", "circuit", "neuron", "synapse", "rule",     "function", "sweep",   "verify",
    "import",     "if",      "else",   "for",     "in",       "let",      "of",      "on",
    "and",        "not",     "mod",    "by",      "per",      "to",       "after",   "every",
    "true",       "run",     "reset",  "phase",   "learn",    "record",   "plot",    "print",
    "spike",      "when",    "state",  "input",   "trace",    "pair",     "nearest", "observing",
    "x",          "y",       "ms",     "1",       "2.5",      "1e-3",     "\"s\"",   "\"open",
    "->",         "+=",      "==",     "<",       "=",        "+",        "-",       "*",
    "/",          "^",       "..",     ".",       ",",        ":",        "'",       "(",
    ")",          "[",       "]",      "{",       "}",        "\n",       ";",       "# c\n",
    "## d\n",     "$",       "µ",      "E { ",    "R(a) {\n", " }\n"};

void expect_sane(const std::string& text) {
  const Parsed parsed = parse_text(text);
  ASSERT_EQ(parsed.file.has_value(), parsed.messages.empty()) << text;
  if (!parsed.file) return;
  const std::string printed = ast::print(*parsed.file);
  const Parsed again = parse_text(printed);
  ASSERT_TRUE(again.file) << text << "\n--- printed\n" << printed << again.messages.front();
  ASSERT_EQ(ast::dump(*again.file), ast::dump(*parsed.file)) << text;
  ASSERT_EQ(ast::print(*again.file), printed) << text;
}

std::string soup(std::mt19937& random) {
  std::string text;
  const auto length = 1 + random() % 60;
  for (std::uint32_t i = 0; i < length; ++i) {
    text += kWords[random() % kWords.size()];
    if (random() % 8 != 0) text += ' ';
  }
  return text;
}

std::vector<std::string> programs() {
  std::vector<std::string> texts;
  const auto folder = std::filesystem::path(BOUTON_SOURCE_DIR) / "tests/programs";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ostringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    texts.push_back(text.str());
  }
  std::sort(texts.begin(), texts.end());
  return texts;
}

// A stretch of the program, with something taken out or put in.
std::string damage(const std::string& program, std::mt19937& random) {
  const std::size_t from = random() % program.size();
  std::string text = program.substr(from, 200 + random() % 1500);
  const auto wounds = random() % 4;
  for (std::uint32_t i = 0; i < wounds; ++i) {
    const std::size_t at = random() % text.size();
    if (random() % 2 == 0) {
      text.erase(at, 1 + random() % 6);
    } else {
      text.insert(at, kWords[random() % kWords.size()]);
    }
    if (text.empty()) return "x";
  }
  return text;
}

bool is_text(const std::string& bytes) {
  return bytes.empty() || (static_cast<unsigned char>(bytes.front()) & 0xC0U) != 0x80U;
}

TEST(Soup, RandomWords) {
  std::mt19937 random(1);
  for (int i = 0; i < 2000; ++i) expect_sane(soup(random));
}

TEST(Soup, RandomStatements) {
  std::mt19937 random(2);
  for (int i = 0; i < 1000; ++i) expect_sane("experiment E {\n" + soup(random) + "\n}\n");
  for (int i = 0; i < 1000; ++i) expect_sane("rule R {\n" + soup(random) + "\n}\n");
  for (int i = 0; i < 1000; ++i) expect_sane("experiment E { x = " + soup(random) + " }");
}

TEST(Soup, DamagedPrograms) {
  std::mt19937 random(3);
  for (const std::string& program : programs()) {
    for (int i = 0; i < 60; ++i) {
      const std::string text = damage(program, random);
      if (is_text(text)) expect_sane(text);
    }
  }
}

}  // namespace
}  // namespace bouton::parse
