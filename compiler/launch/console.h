// What running replicas show on the terminal: printed lines, recorded rows, progress with an
// estimate of the time left. Blocks of replicas may run at the same time.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>

#include "compiler/launch/column_units.h"
#include "compiler/launch/excerpt.h"
#include "compiler/launch/session.h"
#include "runtime/host/outcome.h"

namespace bouton::launch {

// The messages of a session that have not been printed yet, on standard error; colours if that is a
// terminal.
void print_messages(Session& session);

class Console {
 public:
  struct Options {
    bool quiet = false;
    int replicas = 1;
    // What stands in front of a replica's lines; empty: its number, where there are several.
    std::function<std::string(int replica)> name_of{};
    bool shows_rows = true;
    ColumnUnits units{};
  };
  explicit Console(Options options);
  ~Console();
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;

  // Lines and rows of several lanes are shown when they have ended: if the lanes come to differ,
  // they begin anew.
  enum class Show : std::uint8_t { AsTheyCome, AtTheEnd };
  // Functions that write here for the block that begins with that replica; valid as long as the
  // console.
  [[nodiscard]] runtime::Listener listener(int first_replica, int lanes, Show show);
  void show_end(int replica, Show show, const runtime::ReplicaOutcome& outcome);
  // Around the execution of a block: programs that are compiled meanwhile are no work.
  void begin_work();
  void end_work();
  // In which at least one block was executed.
  [[nodiscard]] double seconds_worked();
  // A block has ended, or its replicas had before the run was resumed.
  void count_block(int first_replica, int lanes, bool earlier);

 private:
  using Clock = std::chrono::steady_clock;
  struct Running {
    double fraction = 0;
    std::int64_t steps = 0;
    int lanes = 1;
  };

  void print_line(int replica, const std::string& line);
  void print_row(int replica, const runtime::ResultTable& table);
  void note_progress(int first_replica, int lanes, double fraction, std::int64_t steps);
  void show_progress();
  void clear_progress();
  [[nodiscard]] double fraction_done() const;
  [[nodiscard]] double measure_work() const;

  Options options_;
  bool terminal_;
  std::mutex mutex_;  // of all that follows
  bool progress_shown_ = false;
  int working_ = 0;  // blocks that are being executed
  Clock::time_point work_began_;
  std::chrono::duration<double> worked_{0};  // before that
  Clock::time_point last_progress_ = Clock::now();
  std::map<int, Running> running_;                 // by the block's first replica
  double ended_ = 0;                               // replicas
  double earlier_ = 0;                             // of these, before the run was resumed
  std::int64_t steps_ = 0;                         // of blocks that have ended
  std::map<std::string, std::size_t> rows_shown_;  // by the names of a table
  std::map<int, Excerpt> excerpts_;                // by replica
  Clock::time_point last_row_ = last_progress_;
};

// True after Ctrl-C.
[[nodiscard]] bool was_interrupted();
void listen_for_interrupts();

}  // namespace bouton::launch
