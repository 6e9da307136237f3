// A file from which a run goes on as if it had never stopped: the state of the block of replicas
// that was running, and how much of the spool belongs to it.
//
//   magic "BTNCHECK", format version (u64), then one framed payload as in the spool
//
// It is written under another name and renamed, so there is always a whole one or none.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>

#include "runtime/base/result.h"
#include "runtime/spool/recorded_run.h"

namespace bouton::runtime {

struct Checkpoint {
  RunDescription description;
  std::uint64_t first_replica = 0;
  std::uint64_t lanes = 1;
  std::uint64_t spool_size = 0;  // bytes; what comes behind them is computed again
  std::string state;             // as runtime/host has saved it
};

[[nodiscard]] std::optional<Error> write_checkpoint(const std::filesystem::path& path,
                                                    const Checkpoint& checkpoint);

// The error says why it cannot be used: damaged, or of another version.
[[nodiscard]] Result<Checkpoint> read_checkpoint(const std::filesystem::path& path);

}  // namespace bouton::runtime
