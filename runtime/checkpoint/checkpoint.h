// A file from which a block of replicas goes on as if it had never stopped: its state, and how much
// of the spool belongs to it.
//
//   magic "BTNCHECK", format version (u64), then one framed payload as in the spool
//
// It is written under another name and renamed, so there is always a whole one or none.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/spool/recorded_run.h"

namespace bouton::runtime {

struct Checkpoint {
  // What a replica of the block had recorded by then.
  struct Recorded {
    std::uint64_t begun_at = 0;      // where in the spool it began
    std::vector<std::int64_t> rows;  // of each of its tables
  };
  RunDescription description;
  std::uint64_t first_replica = 0;
  std::vector<Recorded> recorded;  // of each lane
  std::uint64_t spool_size = 0;    // bytes; what they record behind them is computed again
  std::string state;               // as runtime/host has saved it

  [[nodiscard]] std::uint64_t lanes() const { return recorded.size(); }
};

[[nodiscard]] std::optional<Error> write_checkpoint(const std::filesystem::path& path,
                                                    const Checkpoint& checkpoint);

// The error says why it cannot be used: damaged, or of another version.
[[nodiscard]] Result<Checkpoint> read_checkpoint(const std::filesystem::path& path);

}  // namespace bouton::runtime
