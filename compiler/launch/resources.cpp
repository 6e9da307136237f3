#include "compiler/launch/resources.h"

#include <fmt/format.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "compiler/elaborate/evaluate.h"
#include "compiler/image/layout.h"
#include "runtime/tensor/access.h"

namespace bouton::launch {

namespace {

// The least that is written: of a replica its begin and end, of a row a number, each in the spool
// and in the result file.
constexpr double kBytesOfReplica = 200;
constexpr double kBytesOfRow = 60;
// Of memory, from its begin to the end of them all: outcome, hash, place in the spool, name.
constexpr double kBytesHeldOfReplica = 1000;

class RowCounter {
 public:
  explicit RowCounter(const elaborate::Network& network)
      : environment_(elaborate::make_environment(network)) {}

  double count(const model::Body& body) {
    double rows = 0;
    for (const model::Stmt& stmt : body) {
      if (std::holds_alternative<model::Record>(stmt.node)) rows += 1;
      if (const auto* loop = std::get_if<model::For>(&stmt.node)) rows += count(*loop);
      if (const auto* every = std::get_if<model::Every>(&stmt.node)) rows += count(*every);
    }
    return rows;
  }

 private:
  double count(const model::For& loop) {
    const double rows = count(loop.body);
    if (rows == 0 || may_break(loop.body)) return 0;
    return rows * length_of(loop.sequence);
  }

  double count(const model::Every& every) {
    const auto steps = elaborate::evaluate_whole(every.count, environment_);
    return steps && *steps >= 1 ? count(every.body) / static_cast<double>(*steps) : 0;
  }

  // 0 where it depends on what the experiment computes.
  double length_of(const model::Expr& sequence) {
    const auto* range = std::get_if<model::Range>(&sequence.node);
    if (range == nullptr) return 0;
    const auto first = elaborate::evaluate_number(*range->first, environment_);
    const auto last = elaborate::evaluate_number(*range->last, environment_);
    if (!first || !last) return 0;
    double step = 1;
    if (range->by) {
      const auto by = elaborate::evaluate_number(**range->by, environment_);
      if (!by || *by == 0) return 0;
      step = *by;
    }
    return std::max(0.0, std::floor((*last - *first) / step) + 1);
  }

  static bool may_break(const model::Body& body) {
    return std::ranges::any_of(body, [](const model::Stmt& stmt) {
      if (std::holds_alternative<model::Break>(stmt.node)) return true;
      if (const auto* every = std::get_if<model::Every>(&stmt.node)) return may_break(every->body);
      const auto* choice = std::get_if<model::If>(&stmt.node);
      return choice != nullptr && (may_break(choice->when_true) || may_break(choice->when_false));
    });
  }

  elaborate::Environment environment_;
};

std::string print_bytes(double bytes) {
  if (bytes < 1e6) return fmt::format("{:.3g} kB", bytes / 1e3);
  if (bytes < 1e9) return fmt::format("{:.3g} MB", bytes / 1e6);
  return fmt::format("{:.3g} GB", bytes / 1e9);
}

bool has_disk(const Needs& needs, const std::string& output) {
  const std::filesystem::path folder = std::filesystem::path(output).parent_path();
  struct statvfs disk{};
  if (statvfs(folder.empty() ? "." : folder.c_str(), &disk) != 0) return true;  // said on opening
  const double free = static_cast<double>(disk.f_bavail) * static_cast<double>(disk.f_frsize);
  if (needs.file_bytes() <= free) return true;
  print_output_problem(
      {fmt::format("the results of {} replicas take at least {}, the disk of `{}` has {} left",
                   needs.replicas(), print_bytes(needs.file_bytes()), output, print_bytes(free)),
       "name a file on a larger disk with `-o`, record fewer rows, or run fewer replicas"});
  return false;
}

bool has_memory(const Needs& needs, int threads) {
  const double there =
      static_cast<double>(sysconf(_SC_PHYS_PAGES)) * static_cast<double>(sysconf(_SC_PAGESIZE));
  const auto replicas = static_cast<double>(needs.replicas());
  const double needed =
      static_cast<double>(needs.replica_bytes()) * std::min<double>(threads, replicas) +
      kBytesHeldOfReplica * replicas;
  if (needed <= there) return true;
  print_output_problem(
      {fmt::format("{} replicas, {} at the same time, take at least {} of memory, this machine has "
                   "{}",
                   needs.replicas(), std::min<std::int64_t>(threads, needs.replicas()),
                   print_bytes(needed), print_bytes(there)),
       "run fewer at the same time with `--threads`, or fewer in all"});
  return false;
}

}  // namespace

double count_certain_rows(const elaborate::Network& network) {
  return RowCounter(network).count(network.statements);
}

void Needs::add(const elaborate::Network& network, int replicas) {
  const double each = kBytesOfReplica + kBytesOfRow * count_certain_rows(network);
  file_bytes_ += each * replicas;
  replicas_ += replicas;
}

void Needs::add(const elaborate::Network& network, const plan::Plan& plan, int replicas) {
  replica_bytes_ = std::max(replica_bytes_, image::build_layout(plan, {}).bytes);
  add(network, replicas);
}

bool has_room_for_run(const elaborate::Network& network, int replicas,
                      const OutputSettings& output) {
  Needs needs;
  needs.add(network, replicas);
  return output.file.empty() || output.resume || has_disk(needs, output.file);
}

bool has_room(const Needs& needs, const std::string& output, int threads) {
  return has_disk(needs, output) && has_memory(needs, threads);
}

}  // namespace bouton::launch
