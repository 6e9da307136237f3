#include "tests/fuzz/mutate/mutate.h"

#include <algorithm>
#include <array>
#include <utility>

namespace bouton::fuzz {
namespace {

// What users write that the corpus has little of.
constexpr std::array kAwkward = {"0",
                                 "-1",
                                 "1e308",
                                 "1e-320",
                                 "9999999999999999999",
                                 "1 ms",
                                 "0.1 ms",
                                 "mV^2",
                                 "'",
                                 "''",
                                 "prev(",
                                 "..",
                                 "->",
                                 "\"",
                                 "\"x\"",
                                 "[",
                                 "]",
                                 "[]",
                                 "{",
                                 "}",
                                 "(",
                                 ")",
                                 "()",
                                 "not",
                                 "if",
                                 "else",
                                 "for",
                                 "in",
                                 "run",
                                 "reset",
                                 "w",
                                 "dt",
                                 "pre.x",
                                 "post",
                                 "tied",
                                 "#",
                                 "##",
                                 "\n",
                                 ";",
                                 ":",
                                 "^",
                                 "\xC3\xA4",
                                 "\xE2\x80\xA6",
                                 "$",
                                 "\\",
                                 "true",
                                 "sum(",
                                 "w'"};

std::string any_token(const Corpus& corpus, Random& random) {
  if (random.below(4) == 0) return kAwkward[random.below(kAwkward.size())];
  return corpus.tokens[random.below(corpus.tokens.size())];
}

void mutate_tokens(std::vector<std::string>& tokens, const Corpus& corpus, Random& random) {
  const std::size_t at = random.below(tokens.size());
  const auto place = tokens.begin() + static_cast<std::ptrdiff_t>(at);
  switch (random.below(5)) {
    case 0:
      tokens[at].clear();
      return;
    case 1:
      tokens[at] += tokens[at];
      return;
    case 2:
      std::swap(tokens[at], tokens[random.below(tokens.size())]);
      return;
    case 3:
      tokens[at] = any_token(corpus, random);
      return;
    default:
      tokens.insert(place, any_token(corpus, random));
      return;
  }
}

void mutate_bytes(std::string& text, Random& random) {
  const std::size_t at = random.below(text.size());
  const std::size_t length = random.below(std::min<std::size_t>(64, text.size() - at)) + 1;
  switch (random.below(4)) {
    case 0:
      text[at] = static_cast<char>(random.below(256));
      return;
    case 1:
      text.resize(at);
      return;
    case 2:
      text.erase(at, length);
      return;
    default:
      for (std::size_t copies = random.below(8); copies > 0; --copies)
        text.insert(at, text.substr(at, length));
      return;
  }
}

// Whole files now and then; declarations are quicker, and most mistakes stay within one.
std::string choose_text(const Corpus& corpus, Random& random) {
  if (random.below(20) == 0) return corpus.files[random.below(corpus.files.size())];
  std::string text;
  for (std::size_t count = 1 + random.below(2); count > 0; --count)
    text += corpus.declarations[random.below(corpus.declarations.size())];
  return text;
}

}  // namespace

std::string make_program(const Corpus& corpus, Random& random) {
  std::string text = choose_text(corpus, random);
  std::vector<std::string> tokens = split_tokens(text);
  for (std::size_t count = random.below(4); count > 0 && !tokens.empty(); --count)
    mutate_tokens(tokens, corpus, random);
  text.clear();
  for (const std::string& token : tokens) text += token;
  if (random.below(4) == 0 && !text.empty()) mutate_bytes(text, random);
  return text;
}

}  // namespace bouton::fuzz
