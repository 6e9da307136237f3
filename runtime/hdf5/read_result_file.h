// A result file as it was recorded: every row of every replica, to the last bit.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "runtime/analysis/results.h"
#include "runtime/base/result.h"

namespace bouton::runtime {

struct StoredReplica {
  std::uint64_t seed = 0;
  std::string name;   // of its point in a sweep, and its seed
  std::string hash;   // as the file says
  std::string state;  // `complete`, or why not
  Results results;
};

struct StoredRun {
  std::string experiment;
  std::string hash;  // as the file says
  std::vector<StoredReplica> replicas;
};

// Whether the file is one that was written as results, of whatever version; it is not read.
[[nodiscard]] bool is_result_file(const std::filesystem::path& path);

// Files of the layout of this version (result_file.h).
[[nodiscard]] Result<StoredRun> read_result_file(const std::filesystem::path& path);

// The `hash` of what is stored, computed anew.
[[nodiscard]] std::string recompute_hash(const StoredRun& run);

}  // namespace bouton::runtime
