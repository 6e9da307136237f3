// What a running experiment shows on the terminal: printed lines, recorded rows, progress with an
// estimate of the time left.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>

#include "compiler/launch/session.h"
#include "runtime/host/outcome.h"

namespace bouton::launch {

// The messages of a session that have not been printed yet, on standard error; colours if that is a
// terminal.
void print_messages(Session& session);

class Console {
 public:
  Console(bool quiet, int replicas);
  ~Console();
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;

  // Functions that write here; valid as long as the console.
  [[nodiscard]] runtime::Listener listener();
  void print_line(int replica, const std::string& line);
  void print_row(int replica, const runtime::ResultTable& table);
  // All tables and lines of a replica that could not be shown while it ran.
  void print_outcome(int replica, const runtime::ReplicaOutcome& outcome);

 private:
  using Clock = std::chrono::steady_clock;
  void show_progress(double fraction, std::int64_t steps);
  void clear_progress();

  bool quiet_;
  int replicas_;
  bool terminal_;
  bool progress_shown_ = false;
  Clock::time_point begin_ = Clock::now();
  Clock::time_point last_progress_ = begin_;
  std::map<std::string, std::size_t> rows_shown_;  // by the names of a table
  Clock::time_point last_row_ = begin_;
};

// True after Ctrl-C.
[[nodiscard]] bool was_interrupted();
void listen_for_interrupts();

}  // namespace bouton::launch
