#include "compiler/launch/sweep_points.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "compiler/diagnostics/suggest.h"
#include "compiler/elaborate/evaluate.h"
#include "compiler/launch/constant.h"
#include "compiler/launch/pipeline.h"
#include "runtime/tensor/access.h"

namespace bouton::launch {

namespace {

using diagnostics::Kind;

// More are not told apart by their results.
constexpr double kMostReplicas = 1 << 20;

void report(Session& session, const elaborate::Problem& problem) {
  session.diagnostics.report(Kind::RunFailed, problem.span, {problem.message}).hint(problem.hint);
}

class PointFinder {
 public:
  PointFinder(Session& session, const model::Program& program, const model::Sweep& sweep)
      : session_(session), program_(program), sweep_(sweep) {
    environment_.program = &program;
    environment_.scope = &sweep.scope;
    environment_.values.resize(sweep.scope.all().size());
    environment_.functions.resize(environment_.values.size());
  }

  // Nothing, once it was reported why.
  std::optional<SweepAxis> find_axis(const model::SweepAxis& axis,
                                     std::vector<elaborate::ParameterSetting>& given) {
    const model::Symbol& symbol = program_.experiments[sweep_.experiment].scope[axis.parameter];
    SweepAxis found{symbol.name, symbol.type.dimension, axis.values.span, {}};
    const auto set = std::ranges::find(given, symbol.name, &elaborate::ParameterSetting::name);
    if (set != given.end()) {
      found = replace(found, *set, symbol.type);
      given.erase(set);
      return with_values(std::move(found));
    }
    const auto values = elaborate::evaluate(axis.values, environment_);
    if (!values) return report(session_, values.problem()), std::nullopt;
    const auto length = runtime::length_of(*values);
    if (!length) return report(session_, {found.span, length.error().message, ""}), std::nullopt;
    for (std::size_t i = 0; i < *length; ++i) found.values.push_back(*runtime::item_of(*values, i));
    return with_values(std::move(found));
  }

  std::optional<int> find_seeds() {
    if (!sweep_.seeds) return 1;
    const auto number = elaborate::evaluate_number(*sweep_.seeds, environment_);
    if (!number) return report(session_, number.problem()), std::nullopt;
    const auto whole = runtime::whole_number(*number);
    if (whole && *whole >= 1 && *number <= kMostReplicas) return static_cast<int>(*whole);
    session_.diagnostics
        .report(Kind::WrongSeedCount, sweep_.seeds->span, {fmt::format("{:.6g}", *number)})
        .hint(fmt::format("write a whole number from 1 to {}", kMostReplicas));
    return std::nullopt;
  }

 private:
  std::optional<SweepAxis> with_values(SweepAxis axis) {
    if (!axis.values.empty()) return axis;
    session_.diagnostics.report(Kind::EmptyAxis, axis.span, {axis.name})
        .hint("a sweep runs every combination of values: without any there is none");
    return std::nullopt;
  }

  // By one value, or by those of an array or list where the parameter is neither. 0 fits every
  // unit, and stands for one of the axis.
  static SweepAxis replace(SweepAxis axis, const elaborate::ParameterSetting& setting,
                           const model::Type& type) {
    if (!is_plain_zero(setting.value, setting.dimension)) axis.dimension = setting.dimension;
    axis.span = setting.span;
    axis.values = {setting.value};
    const auto length = runtime::length_of(setting.value);
    if (type.rank != 0 || !length) return axis;
    axis.values.clear();
    for (std::size_t i = 0; i < *length; ++i)
      axis.values.push_back(*runtime::item_of(setting.value, i));
    return axis;
  }

  Session& session_;
  const model::Program& program_;
  const model::Sweep& sweep_;
  elaborate::Environment environment_;
};

bool is_too_large(Session& session, const model::Sweep& sweep, const SweepPoints& points) {
  double replicas = points.seeds;
  for (const SweepAxis& axis : points.axes) replicas *= static_cast<double>(axis.values.size());
  if (replicas <= kMostReplicas) return false;
  session.diagnostics
      .report(Kind::SweepTooLarge, sweep.span,
              {sweep.name, fmt::format("{:.3g}", replicas), fmt::format("{}", kMostReplicas)})
      .hint("leave out values, or cut it into several sweeps");
  return true;
}

}  // namespace

int SweepPoints::count() const {
  std::size_t product = 1;
  for (const SweepAxis& axis : axes) product *= axis.values.size();
  return static_cast<int>(product);
}

std::vector<elaborate::ParameterSetting> SweepPoints::settings_of(int point) const {
  std::vector<elaborate::ParameterSetting> settings;
  auto rest = static_cast<std::size_t>(point);
  for (std::size_t i = axes.size(); i-- > 0;) {
    const SweepAxis& axis = axes[i];
    settings.push_back(
        {axis.name, axis.values[rest % axis.values.size()], axis.dimension, axis.span});
    rest /= axis.values.size();
  }
  return settings;
}

const model::Sweep* find_sweep(Session& session, const model::Program& program,
                               const std::string& file, const std::string& name) {
  std::vector<std::string> names;
  for (const bool imported : {false, true})
    for (const model::Sweep& sweep : program.sweeps) {
      if (stands_in_main_file(session, sweep.span) == imported) continue;
      if (name.empty() || sweep.name == name) return &sweep;
      names.push_back(sweep.name);
    }
  if (names.empty()) {
    session.diagnostics.report(Kind::NoSweep, {}, {file})
        .hint("write `sweep Name of Experiment { parameter in [1, 2, 3] }`");
    return nullptr;
  }
  const std::string suggestion = diagnostics::suggest_hint(name, names);
  session.diagnostics.report(Kind::UnknownSweep, {}, {file, name})
      .hint(!suggestion.empty() ? suggestion
                                : fmt::format("it has `{}`", fmt::join(names, "`, `")));
  return nullptr;
}

std::optional<SweepPoints> find_points(Session& session, const model::Program& program,
                                       const model::Sweep& sweep,
                                       std::vector<elaborate::ParameterSetting>& given,
                                       std::optional<int> seeds) {
  PointFinder finder(session, program, sweep);
  SweepPoints points{sweep.name, sweep.experiment, {}, 1};
  bool sound = true;
  for (const model::SweepAxis& axis : sweep.axes) {
    auto found = finder.find_axis(axis, given);
    sound = sound && found;
    if (found) points.axes.push_back(*std::move(found));
  }
  const auto own_seeds = seeds ? seeds : finder.find_seeds();
  if (!sound || !own_seeds) return std::nullopt;
  points.seeds = *own_seeds;
  if (is_too_large(session, sweep, points)) return std::nullopt;
  return points;
}

}  // namespace bouton::launch
