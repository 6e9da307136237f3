// Choices of the generator: the same sequence on every machine, which the distributions of the
// standard library do not promise.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace bouton::fuzz {

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  // 0 … count-1
  [[nodiscard]] int below(int count) {
    return static_cast<int>(engine_() % static_cast<std::uint64_t>(count));
  }
  // Both ends included.
  [[nodiscard]] int between(int low, int high) { return low + below(high - low + 1); }
  // True once in `times`.
  [[nodiscard]] bool one_in(int times) { return below(times) == 0; }

  template <typename T>
  [[nodiscard]] const T& pick(const std::vector<T>& from) {
    return from[static_cast<std::size_t>(below(static_cast<int>(from.size())))];
  }
  [[nodiscard]] std::string word(std::initializer_list<const char*> from) {
    return std::data(from)[below(static_cast<int>(from.size()))];
  }

 private:
  std::mt19937_64 engine_;
};

// One way to write something, and how often it is chosen among the others of its table. A new
// feature of the language is one function and one line in a table.
template <typename Signature>
struct Way {
  int weight;
  Signature* write;
};

template <typename Signature, std::size_t count>
[[nodiscard]] Signature* choose(const std::array<Way<Signature>, count>& ways, Random& random) {
  int total = 0;
  for (const Way<Signature>& way : ways) total += way.weight;
  int at = random.below(total);
  for (const Way<Signature>& way : ways) {
    at -= way.weight;
    if (at < 0) return way.write;
  }
  return ways.back().write;
}

}  // namespace bouton::fuzz
