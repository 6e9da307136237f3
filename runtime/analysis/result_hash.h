// The fingerprint that every run prints: 64-bit FNV-1a over all recorded rows, that is names,
// kinds, shapes and the bits of every number. Equal results have equal hashes on every machine;
// nothing else (time, threads, files) enters. All nan count as the same one, because the sign and
// payload of a nan carry no meaning; 0 and -0 differ.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "runtime/analysis/results.h"

namespace bouton::runtime {

[[nodiscard]] std::uint64_t hash_results(const Results& results);

// The same of rows that come one by one: those of the first table, then those of the second, …
class ResultHash {
 public:
  explicit ResultHash(std::size_t tables);
  void begin_table(const std::vector<std::string>& names, std::size_t rows);
  void add_row(const std::vector<Value>& row);
  [[nodiscard]] std::uint64_t value() const { return hash_; }

 private:
  std::uint64_t hash_;
};

// Of several replicas: over seeds and hashes, in order.
[[nodiscard]] std::uint64_t hash_replicas(std::span<const std::uint64_t> seeds,
                                          std::span<const std::uint64_t> hashes);

// Sixteen hexadecimal digits.
[[nodiscard]] std::string print_hash(std::uint64_t hash);

}  // namespace bouton::runtime
