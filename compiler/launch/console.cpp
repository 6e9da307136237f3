#include "compiler/launch/console.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

#include "compiler/diagnostics/render.h"
#include "compiler/launch/streams.h"
#include "runtime/analysis/render_table.h"

namespace bouton::launch {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t kRowsAlwaysShown = 40;

volatile std::sig_atomic_t interrupted = 0;

// A second signal of the kind ends the program at once.
void note_interrupt(int signal) {
  interrupted = 1;
  std::signal(signal, SIG_DFL);
}

std::string render_duration(double seconds) {
  if (seconds < 60) return fmt::format("{:.0f} s", seconds);
  if (seconds < 3600)
    return fmt::format("{:.0f} min {:02.0f} s", std::floor(seconds / 60), std::fmod(seconds, 60));
  return fmt::format("{:.0f} h {:02.0f} min", std::floor(seconds / 3600),
                     std::fmod(seconds, 3600) / 60);
}

}  // namespace

void print_messages(Session& session) {
  if (session.diagnostics.all().empty()) return;
  const auto color =
      isatty(STDERR_FILENO) != 0 ? diagnostics::Color::Always : diagnostics::Color::Never;
  print_error("{}", diagnostics::render_text(session.diagnostics, session.sources, color));
  session.diagnostics = {};
}

Console::Console(bool quiet, int replicas)
    : quiet_(quiet), replicas_(replicas), terminal_(isatty(STDERR_FILENO) != 0) {}

Console::~Console() { clear_progress(); }

runtime::Listener Console::listener() {
  runtime::Listener listener;
  listener.on_print = [this](int replica, const std::string& line) { print_line(replica, line); };
  listener.on_record = [this](int replica, const runtime::ResultTable& table) {
    print_row(replica, table);
  };
  listener.on_progress = [this](double fraction, std::int64_t steps) {
    show_progress(fraction, steps);
  };
  listener.is_cancelled = [] { return was_interrupted(); };
  return listener;
}

void Console::print_line(int replica, const std::string& line) {
  clear_progress();
  if (replicas_ > 1) print("[{}] ", replica);
  print("{}\n", line);
  std::fflush(stdout);
}

// The first rows of each table, later at most ten a second: all of them are in the result file.
void Console::print_row(int replica, const runtime::ResultTable& table) {
  if (quiet_) return;
  std::size_t& shown = rows_shown_[fmt::format("{}", fmt::join(table.names, " "))];
  const auto now = Clock::now();
  if (shown >= kRowsAlwaysShown && now - last_row_ < 100ms) return;
  ++shown;
  last_row_ = now;
  std::string line;
  for (std::size_t i = 0; i < table.names.size(); ++i)
    line += fmt::format("{}{} {:<10}", i == 0 ? "" : "  ", table.names[i],
                        runtime::render_value(table.rows.back()[i]));
  print_line(replica, line);
}

void Console::print_outcome(int replica, const runtime::ReplicaOutcome& outcome) {
  if (!quiet_)
    for (const runtime::ResultTable& table : outcome.results.tables)
      print_line(replica, "\n" + runtime::render_table(table));
  for (const std::string& line : outcome.printed) print_line(replica, line);
}

void Console::show_progress(double fraction, std::int64_t steps) {
  const auto now = Clock::now();
  if (quiet_ || now - last_progress_ < (terminal_ ? 200ms : 10000ms)) return;
  last_progress_ = now;
  const double seconds = std::chrono::duration<double>(now - begin_).count();
  std::string text =
      fmt::format("{:5.1f} %  {:.3g} steps, {:.3g} M steps/s", 100 * fraction,
                  static_cast<double>(steps), static_cast<double>(steps) / seconds / 1e6);
  if (fraction > 0.005)
    text += fmt::format(", about {} left", render_duration(seconds * (1 - fraction) / fraction));
  if (terminal_) {
    print_error("\r\x1b[K{}", text);
    progress_shown_ = true;
  } else {
    print_error("{}\n", text);
  }
  std::fflush(stderr);
}

void Console::clear_progress() {
  if (!progress_shown_) return;
  print_error("\r\x1b[K");
  std::fflush(stderr);
  progress_shown_ = false;
}

bool was_interrupted() { return interrupted != 0; }

void listen_for_interrupts() {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    const auto before = std::signal(signal, note_interrupt);
    if (before == SIG_IGN) std::signal(signal, SIG_IGN);  // `nohup` means it
  }
}

}  // namespace bouton::launch
