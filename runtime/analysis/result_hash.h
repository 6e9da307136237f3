// The fingerprint that every run prints: 64-bit FNV-1a over all recorded rows, that is names,
// kinds, shapes and the bits of every number. Equal results have equal hashes on every machine;
// nothing else (time, threads, files) enters. All nan count as the same one, because the sign and
// payload of a nan carry no meaning; 0 and -0 differ.
#pragma once

#include <cstdint>
#include <string>

#include "runtime/analysis/results.h"

namespace bouton::runtime {

[[nodiscard]] std::uint64_t hash_results(const Results& results);

// Sixteen hexadecimal digits.
[[nodiscard]] std::string print_hash(std::uint64_t hash);

}  // namespace bouton::runtime
