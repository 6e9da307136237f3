// Writes a spool (format.h). A record is in the file when the call returns, so it outlives the
// program however that ends; about once a second the disk is told to keep what is there.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "runtime/analysis/results.h"
#include "runtime/files/append_file.h"
#include "runtime/spool/recorded_run.h"

namespace bouton::runtime::spool {

class Writer {
 public:
  // `file` is a new one (begin) or holds a sound spool to go on with.
  explicit Writer(AppendFile file) : file_(std::move(file)) {}

  void begin(const RunDescription& description);
  void begin_replica(std::uint64_t replica);
  // What a replica has recorded: where it began in the file, and how many rows.
  struct Position {
    std::uint64_t begun_at = 0;
    std::vector<RecordedTable> tables{};
  };
  // It goes on where it was when the file had `place` bytes.
  void rewind_replica(std::uint64_t replica, std::uint64_t place, Position position);
  [[nodiscard]] const Position& position_of(std::uint64_t replica) { return positions_[replica]; }
  // The last row of a table.
  void add_row(std::uint64_t replica, const ResultTable& table);
  void end_replica(std::uint64_t replica, const ReplicaEnd& end);
  void stop(const std::string& reason);

  void sync();
  // If there is something that the disk was not told to keep for a second.
  void sync_if_due();

  // Why the file is no longer written, in the system's words. What was written before is sound.
  [[nodiscard]] const std::optional<std::string>& failure() const { return failure_; }
  [[nodiscard]] const AppendFile& file() const { return file_; }

 private:
  using Clock = std::chrono::steady_clock;

  void append(const std::string& payload);
  std::uint64_t number_of(std::uint64_t replica, const ResultTable& table);

  AppendFile file_;
  std::map<std::uint64_t, Position> positions_;  // by replica, of those that have not ended
  std::optional<std::string> failure_;
  bool unsynced_ = false;
  Clock::time_point last_sync_ = Clock::now();
};

}  // namespace bouton::runtime::spool
