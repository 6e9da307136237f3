#include "runtime/spool/run_description.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <bit>

#include "runtime/analysis/shown_unit.h"

namespace bouton::runtime {
namespace {

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

// To fifteen digits: every decimal number of so many is shown as it was written, and one that was
// computed, such as 0.8 + 2*0.2, without its last rounding.
std::string in_short(double number) { return fmt::format("{:.15g}", number); }
std::string to_the_last_bit(double number) { return fmt::format("{}", number); }

std::string show(const Value& value, std::string (*show_number)(double)) {
  if (const auto* text = value.as<std::string>()) return *text;
  if (const auto* truth = value.as<bool>()) return *truth ? "true" : "false";
  const auto* numbers = value.as<Tensor>();
  if (numbers == nullptr) return describe(value);
  if (numbers->is_scalar()) return show_number(numbers->scalar());
  constexpr std::size_t kMostShown = 4;
  if (numbers->rank() != 1 || numbers->size() > kMostShown) return describe(value);
  std::vector<std::string> elements;
  for (const double number : numbers->data()) elements.push_back(show_number(number));
  return fmt::format("[{}]", fmt::join(elements, ", "));
}

std::optional<std::string> find_changed_parameter(const RunDescription& then,
                                                  const RunDescription& now) {
  for (std::size_t i = 0; i < std::min(then.parameters.size(), now.parameters.size()); ++i) {
    const DescribedParameter& a = then.parameters[i];
    const DescribedParameter& b = now.parameters[i];
    if (a.name != b.name) return both("parameter", a.name, b.name);
    if (!same_value(a.value, b.value))
      return fmt::format("parameter `{}` was {}, now it is {} (unit: {})", a.name,
                         show(a.value, to_the_last_bit), show(b.value, to_the_last_bit), b.unit);
  }
  if (then.parameters.size() == now.parameters.size()) return std::nullopt;
  return both("number of parameters", then.parameters.size(), now.parameters.size());
}

std::optional<std::string> find_changed_axis(const RunDescription& then,
                                             const RunDescription& now) {
  if (then.axes.size() != now.axes.size())
    return both("number of axes", then.axes.size(), now.axes.size());
  for (std::size_t i = 0; i < then.axes.size(); ++i) {
    const DescribedAxis& a = then.axes[i];
    const DescribedAxis& b = now.axes[i];
    if (a.name != b.name) return both("axis", a.name, b.name);
    if (!std::ranges::equal(a.values, b.values, same_value))
      return fmt::format("the axis `{}` had other values", a.name);
  }
  return std::nullopt;
}

}  // namespace

std::uint64_t RunDescription::points() const {
  std::uint64_t product = 1;
  for (const DescribedAxis& axis : axes) product *= axis.values.size();
  return product;
}

double RunDescription::timestep_of(std::uint64_t replica) const {
  return timesteps.empty() ? timestep : timesteps[replica / seeds()];
}

std::string name_point(const RunDescription& run, std::uint64_t point) {
  std::vector<std::string> parts(run.axes.size());
  for (std::size_t i = run.axes.size(); i-- > 0;) {
    const DescribedAxis& axis = run.axes[i];
    const ShownUnit unit = shown_unit(axis.unit);
    const Value value = in_unit(axis.values[point % axis.values.size()], unit);
    parts[i] = fmt::format("{} = {}{}{}", axis.name, show(value, in_short),
                           unit.name.empty() ? "" : " ", unit.name);
    point /= axis.values.size();
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string name_replica(const RunDescription& run, std::uint64_t replica) {
  const std::string seed = fmt::format("seed {}", run.seed_of(replica));
  if (run.axes.empty()) return seed;
  const std::string point = name_point(run, replica / run.seeds());
  return run.seeds() == 1 ? point : point + ", " + seed;
}

std::optional<std::string> find_difference(const RunDescription& then, const RunDescription& now) {
  if (then.experiment != now.experiment) return both("experiment", then.experiment, now.experiment);
  if (then.sweep != now.sweep) return both("sweep", then.sweep, now.sweep);
  if (then.bouton != now.bouton) return both("version of Bouton", then.bouton, now.bouton);
  if (auto difference = find_changed_parameter(then, now)) return difference;
  if (auto difference = find_changed_axis(then, now)) return difference;
  if (then.first_seed != now.first_seed) return both("seed", then.first_seed, now.first_seed);
  if (then.seeds() != now.seeds()) return both("number of seeds", then.seeds(), now.seeds());
  if (then.precision != now.precision) return both("precision", then.precision, now.precision);
  if (auto difference = find_changed_source(then, now)) return difference;
  if (auto difference = find_changed_file(then, now)) return difference;
  if (then.timestep != now.timestep) return both("timestep", then.timestep, now.timestep);
  return std::nullopt;
}

}  // namespace bouton::runtime
