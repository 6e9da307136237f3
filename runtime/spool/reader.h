// Reads a spool up to its last sound record: whatever ended the run, and whatever became of the end
// of the file, what stands before is kept.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "runtime/spool/frames.h"
#include "runtime/spool/recorded_run.h"
#include "runtime/spool/rows.h"

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

[[nodiscard]] std::variant<Contents, NotASpool, OtherVersion, Error> read(const Bytes& bytes);

// The rows of what was read; reads `bytes` again. They outlive it.
[[nodiscard]] ForEachRow rows_of(const Contents& contents, const Bytes& bytes);

}  // namespace bouton::runtime::spool
