#include "tests/fuzz/mutate/corpus.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace bouton::fuzz {
namespace {

namespace fs = std::filesystem;

enum class Class { Word, Space, Other };

Class class_of(char letter) {
  const auto byte = static_cast<unsigned char>(letter);
  if (std::isalnum(byte) != 0 || letter == '_') return Class::Word;
  return std::isspace(byte) != 0 ? Class::Space : Class::Other;
}

std::vector<fs::path> find_programs() {
  const fs::path root = BOUTON_SOURCE_DIR;
  std::vector<fs::path> paths;
  for (const fs::path& folder : {root / "tests/programs", root / "stdlib", root / "examples"}) {
    if (!fs::exists(folder)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
      if (entry.path().extension() == ".bouton") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

bool begins_declaration(std::string_view line) {
  return !line.empty() && class_of(line.front()) == Class::Word;
}

}  // namespace

std::vector<std::string> split_tokens(std::string_view text) {
  std::vector<std::string> tokens;
  for (const char letter : text) {
    const bool joins = !tokens.empty() && class_of(letter) != Class::Other &&
                       class_of(tokens.back().back()) == class_of(letter);
    if (joins)
      tokens.back() += letter;
    else
      tokens.emplace_back(1, letter);
  }
  return tokens;
}

std::vector<std::string> split_declarations(std::string_view text) {
  std::vector<std::string> declarations(1);
  bool complete = false;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    const std::string_view line = text.substr(0, end);
    const bool is_comment = line.front() == '#';
    if (complete && (is_comment || begins_declaration(line))) {
      declarations.emplace_back();
      complete = false;
    }
    if (begins_declaration(line)) complete = true;
    declarations.back() += line;
    text.remove_prefix(end);
  }
  return declarations;
}

Corpus read_corpus() {
  Corpus corpus;
  for (const fs::path& path : find_programs()) {
    std::ifstream stream(path, std::ios::binary);
    corpus.files.emplace_back(std::istreambuf_iterator<char>(stream),
                              std::istreambuf_iterator<char>());
    for (std::string& declaration : split_declarations(corpus.files.back()))
      corpus.declarations.push_back(std::move(declaration));
    for (std::string& token : split_tokens(corpus.files.back()))
      corpus.tokens.push_back(std::move(token));
  }
  return corpus;
}

}  // namespace bouton::fuzz
