#include "runtime/spool/recorded_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

namespace bouton::runtime {
namespace {

constexpr const char* kComplete = "complete";

// Numbers by their bits: a parameter that is nan is the same parameter.
bool same_value(const Value& a, const Value& b) {
  const auto* left = a.as<Tensor>();
  const auto* right = b.as<Tensor>();
  if (left == nullptr || right == nullptr) return a == b;
  return left->shape() == right->shape() &&
         std::ranges::equal(left->data(), right->data(), [](double x, double y) {
           return std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y);
         });
}

std::string both(const char* what, const auto& then, const auto& now) {
  return fmt::format("its {} was `{}`, now it is `{}`", what, then, now);
}

std::optional<std::string> find_changed_source(const RunDescription& then,
                                               const RunDescription& now) {
  for (std::size_t i = 0; i < std::min(then.sources.size(), now.sources.size()); ++i) {
    if (then.sources[i].text != now.sources[i].text)
      return fmt::format("the text of `{}` was another one", now.sources[i].name);
  }
  if (then.sources.size() == now.sources.size()) return std::nullopt;
  return fmt::format("it read {} files, now {} are read", then.sources.size(), now.sources.size());
}

std::optional<std::string> find_changed_file(const RunDescription& then,
                                             const RunDescription& now) {
  for (std::size_t i = 0; i < std::min(then.files.size(), now.files.size()); ++i) {
    const DescribedFile& a = then.files[i];
    const DescribedFile& b = now.files[i];
    if (a.name != b.name) return both("data file", a.name, b.name);
    if (a.size != b.size)
      return fmt::format("the data file `{}` had {} bytes, now it has {}", a.name, a.size, b.size);
    if (a.checksum != b.checksum) return fmt::format("the data file `{}` held other data", a.name);
  }
  if (then.files.size() == now.files.size()) return std::nullopt;
  return both("number of data files", then.files.size(), now.files.size());
}

std::string show(const Value& value) {
  if (const auto* text = value.as<std::string>()) return *text;
  if (const auto* truth = value.as<bool>()) return *truth ? "true" : "false";
  const auto* numbers = value.as<Tensor>();
  if (numbers != nullptr && numbers->is_scalar()) return fmt::format("{}", numbers->scalar());
  return describe(value);
}

std::optional<std::string> find_changed_parameter(const RunDescription& then,
                                                  const RunDescription& now) {
  for (std::size_t i = 0; i < std::min(then.parameters.size(), now.parameters.size()); ++i) {
    const DescribedParameter& a = then.parameters[i];
    const DescribedParameter& b = now.parameters[i];
    if (a.name != b.name) return both("parameter", a.name, b.name);
    if (!same_value(a.value, b.value))
      return fmt::format("parameter `{}` was {}, now it is {} (unit: {})", a.name, show(a.value),
                         show(b.value), b.unit);
  }
  if (then.parameters.size() == now.parameters.size()) return std::nullopt;
  return both("number of parameters", then.parameters.size(), now.parameters.size());
}

}  // namespace

std::optional<std::string> find_difference(const RunDescription& then, const RunDescription& now) {
  if (then.experiment != now.experiment) return both("experiment", then.experiment, now.experiment);
  if (then.bouton != now.bouton) return both("version of Bouton", then.bouton, now.bouton);
  if (auto difference = find_changed_parameter(then, now)) return difference;
  if (then.first_seed != now.first_seed) return both("seed", then.first_seed, now.first_seed);
  if (then.replicas != now.replicas) return both("number of seeds", then.replicas, now.replicas);
  if (then.precision != now.precision) return both("precision", then.precision, now.precision);
  if (auto difference = find_changed_source(then, now)) return difference;
  if (auto difference = find_changed_file(then, now)) return difference;
  if (then.timestep != now.timestep) return both("timestep", then.timestep, now.timestep);
  return std::nullopt;
}

std::string state_of(const RecordedReplica& replica, const std::string& stopped) {
  if (replica.end) return replica.end->problem.empty() ? kComplete : replica.end->problem;
  return stopped.empty() ? "the run ended before it did" : stopped;
}

std::string state_of(const RecordedRun& run) {
  const auto broken = std::ranges::find_if(run.replicas, [&](const RecordedReplica& replica) {
    return state_of(replica, run.stopped) != kComplete;
  });
  if (broken == run.replicas.end()) return kComplete;
  std::string state = state_of(*broken, run.stopped);
  if (run.replicas.size() == 1) return state;
  return fmt::format("replica {}: {}", broken - run.replicas.begin(), state);
}

bool has_ended(const RecordedRun& run) {
  return std::ranges::all_of(run.replicas,
                             [](const auto& replica) { return replica.end.has_value(); });
}

std::size_t count_rows(const RecordedRun& run) {
  std::size_t rows = 0;
  for (const RecordedReplica& replica : run.replicas)
    for (const ResultTable& table : replica.results.tables) rows += table.rows.size();
  return rows;
}

}  // namespace bouton::runtime
