// Tries random programs one after the other and reports every bug with the smallest program that
// still shows it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace bouton::fuzz {

struct Hunt {
  std::uint64_t first = 1;  // seed of the first program
  int count = 0;
};
// BOUTON_FUZZ_SEED and BOUTON_FUZZ_COUNT take the place of what is given here.
[[nodiscard]] Hunt as_asked(Hunt otherwise);

struct Catch {
  int tried = 0;
  int failed = 0;                       // by the same run-time error both ways
  std::map<std::string, int> refused;   // by headline of the message
  std::vector<std::string> bugs;        // whole reports
  std::vector<std::string> unexpected;  // refused for what the generator should not write

  [[nodiscard]] int refusals() const;
};
[[nodiscard]] Catch hunt(const Hunt& hunt);

[[nodiscard]] std::string summary(const Catch& caught);

}  // namespace bouton::fuzz
