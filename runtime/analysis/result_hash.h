// The fingerprint that every run prints: 64-bit FNV-1a over all recorded rows, that is names,
// kinds, shapes and the bits of every number. Equal results have equal hashes on every machine;
// nothing else (time, threads, files) enters. All nan count as the same one, because the sign and
// payload of a nan carry no meaning; 0 and -0 differ.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "runtime/analysis/results.h"

namespace bouton::runtime {

[[nodiscard]] std::uint64_t hash_results(const Results& results);

// Of several replicas, with seeds first_seed, first_seed + 1, …: over seeds and hashes, in order.
[[nodiscard]] std::uint64_t hash_replicas(std::uint64_t first_seed,
                                          std::span<const std::uint64_t> hashes);

// Sixteen hexadecimal digits.
[[nodiscard]] std::string print_hash(std::uint64_t hash);

}  // namespace bouton::runtime
