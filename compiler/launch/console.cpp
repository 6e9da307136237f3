#include "compiler/launch/console.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <utility>

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

Console::Console(Options options)
    : options_(std::move(options)), terminal_(isatty(STDERR_FILENO) != 0) {}

Console::~Console() { clear_progress(); }

runtime::Listener Console::listener(int first_replica, int lanes, Show show) {
  runtime::Listener listener;
  if (show == Show::AsTheyCome)
    listener.on_print = [this](int replica, const std::string& line) {
      const std::lock_guard lock(mutex_);
      print_line(replica, line);
    };
  if (!options_.quiet && options_.shows_rows)
    listener.on_record = [this, show](int replica, const runtime::ResultTable& table) {
      const std::lock_guard lock(mutex_);
      if (show == Show::AsTheyCome) return print_row(replica, table);
      excerpts_[replica].add(table);
    };
  listener.on_progress = [this, first_replica, lanes](double fraction, std::int64_t steps) {
    note_progress(first_replica, lanes, fraction, steps);
  };
  listener.is_cancelled = [] { return was_interrupted(); };
  return listener;
}

void Console::print_line(int replica, const std::string& line) {
  clear_progress();
  if (options_.name_of)
    print("[{}] ", options_.name_of(replica));
  else if (options_.replicas > 1)
    print("[{}] ", replica);
  print("{}\n", line);
  std::fflush(stdout);
}

// The first rows of each table, later at most ten a second: all of them are in the result file.
void Console::print_row(int replica, const runtime::ResultTable& table) {
  std::size_t& shown = rows_shown_[fmt::format("{}", fmt::join(table.names, " "))];
  const auto now = Clock::now();
  if (shown >= kRowsAlwaysShown && now - last_row_ < 100ms) return;
  ++shown;
  last_row_ = now;
  std::string line;
  const std::vector<runtime::ShownUnit> units = options_.units.of(table.names);
  for (std::size_t i = 0; i < table.names.size(); ++i)
    line += fmt::format("{}{} {:<10}", i == 0 ? "" : "  ", table.names[i],
                        runtime::render_in_unit(table.rows.back()[i], units[i]));
  print_line(replica, line);
}

void Console::show_end(int replica, Show show, const runtime::ReplicaOutcome& outcome) {
  const std::lock_guard lock(mutex_);
  const auto excerpt = excerpts_.extract(replica);
  if (show == Show::AsTheyCome) return;
  if (!excerpt.empty()) print_line(replica, excerpt.mapped().print(options_.units));
  for (const std::string& line : outcome.printed) print_line(replica, line);
}

void Console::begin_work() {
  const std::lock_guard lock(mutex_);
  if (working_++ == 0) work_began_ = Clock::now();
}

void Console::end_work() {
  const std::lock_guard lock(mutex_);
  if (--working_ == 0) worked_ += Clock::now() - work_began_;
}

double Console::seconds_worked() {
  const std::lock_guard lock(mutex_);
  return measure_work();
}

double Console::measure_work() const {
  const auto running = working_ > 0 ? Clock::now() - work_began_ : Clock::duration::zero();
  return (worked_ + std::chrono::duration<double>(running)).count();
}

void Console::count_block(int first_replica, int lanes, bool earlier) {
  const std::lock_guard lock(mutex_);
  steps_ += running_[first_replica].steps;
  running_.erase(first_replica);
  ended_ += lanes;
  if (earlier) earlier_ += lanes;
}

void Console::note_progress(int first_replica, int lanes, double fraction, std::int64_t steps) {
  const std::lock_guard lock(mutex_);
  running_[first_replica] = {fraction, steps, lanes};
  const auto now = Clock::now();
  if (options_.quiet || now - last_progress_ < (terminal_ ? 200ms : 10000ms)) return;
  last_progress_ = now;
  show_progress();
}

double Console::fraction_done() const {
  double done = ended_ - earlier_;
  for (const auto& [first, running] : running_) done += running.fraction * running.lanes;
  return done / std::max(1.0, options_.replicas - earlier_);
}

void Console::show_progress() {
  const double fraction = fraction_done();
  const double seconds = measure_work();
  auto steps = static_cast<double>(steps_);
  for (const auto& [first, running] : running_) steps += static_cast<double>(running.steps);
  std::string text = fmt::format("{:5.1f} %  ", 100 * fraction);
  if (options_.replicas > 1)
    text += fmt::format("{:.0f} of {} replicas, ", ended_, options_.replicas);
  text += fmt::format("{:.3g} steps", steps);
  if (seconds > 0) text += fmt::format(", {:.3g} M steps/s", steps / seconds / 1e6);
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
  std::signal(SIGINT, note_interrupt);
  std::signal(SIGTERM, note_interrupt);
  // `nohup` has it ignored, and means it.
  if (std::signal(SIGHUP, note_interrupt) == SIG_IGN) std::signal(SIGHUP, SIG_IGN);
}

}  // namespace bouton::launch
