// Programs with mistakes: a correct text with a few tokens or bytes deleted, doubled, moved,
// replaced or put in.
#pragma once

#include <random>
#include <string>

#include "tests/fuzz/mutate/corpus.h"

namespace bouton::fuzz {

// The same sequence everywhere; distributions of the standard library are not.
class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}
  // 0 … count-1
  [[nodiscard]] std::size_t below(std::size_t count) { return engine_() % count; }

 private:
  std::mt19937 engine_;
};

[[nodiscard]] std::string make_program(const Corpus& corpus, Random& random);

}  // namespace bouton::fuzz
