// Reads a spool up to its last sound record: whatever ended the run, and whatever became of the end
// of the file, what stands before is kept.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "runtime/spool/recorded_run.h"

namespace bouton::runtime::spool {

struct Contents {
  RecordedRun run;
  std::uint64_t sound = 0;    // bytes up to the end of the last sound record
  std::uint64_t dropped = 0;  // bytes behind it
};

struct NotASpool {
  std::string reason;
};
struct OtherVersion {
  std::uint64_t version = 0;
};

[[nodiscard]] std::variant<Contents, NotASpool, OtherVersion> read(std::string_view bytes);

}  // namespace bouton::runtime::spool
