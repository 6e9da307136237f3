// The points of a sweep: all combinations of the values of its axes, in the order of an array [axis
// 1, axis 2, …], row-major.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/elaborate/elaborate.h"
#include "compiler/launch/session.h"
#include "compiler/model/program.h"

namespace bouton::launch {

struct SweepAxis {
  std::string name;  // of the parameter
  units::Dimension dimension;
  source::Span span;                   // where its values stand
  std::vector<runtime::Value> values;  // at least one
};

struct SweepPoints {
  std::string name;
  model::ExperimentId experiment;
  std::vector<SweepAxis> axes;
  int seeds = 1;  // replicas of each point

  [[nodiscard]] int count() const;
  [[nodiscard]] int replicas() const { return count() * seeds; }
  // The values of the axes at a point.
  [[nodiscard]] std::vector<elaborate::ParameterSetting> settings_of(int point) const;
};

// The sweep of that name; the first one if the name is empty. Reported if there is none.
[[nodiscard]] const model::Sweep* find_sweep(Session& session, const model::Program& program,
                                             const std::string& file, const std::string& name);

// `given`: parameters that are set for all points. One that is an axis takes the place of the axis'
// values and is taken out of `given`. `seeds` in place of those of the sweep. nullopt exactly when
// an error was reported.
[[nodiscard]] std::optional<SweepPoints> find_points(
    Session& session, const model::Program& program, const model::Sweep& sweep,
    std::vector<elaborate::ParameterSetting>& given, std::optional<int> seeds);

}  // namespace bouton::launch
