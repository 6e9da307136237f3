// Correct programs to begin from: the target programs and the standard library, whole and cut into
// their top-level declarations.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bouton::fuzz {

struct Corpus {
  std::vector<std::string> files;
  std::vector<std::string> declarations;
  std::vector<std::string> tokens;  // every token of every file, repetitions included
};

// Sorted by file name, so that a case is the same on every machine.
[[nodiscard]] Corpus read_corpus();

// Words, numbers, white space, and everything else letter by letter; joined they are the text.
[[nodiscard]] std::vector<std::string> split_tokens(std::string_view text);

// A declaration begins in the first column, with the comments above it.
[[nodiscard]] std::vector<std::string> split_declarations(std::string_view text);

}  // namespace bouton::fuzz
