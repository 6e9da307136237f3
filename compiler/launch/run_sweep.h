// A sweep from its text to its result file, on whatever code the caller has for its points.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "compiler/launch/output.h"
#include "compiler/launch/pipeline.h"
#include "compiler/launch/replicas.h"
#include "compiler/launch/sweep_points.h"

namespace bouton::launch {

// Code for the points of a sweep. Every point is added before any runs, so that what cannot run is
// known at once and code is made for all points that can share it.
struct SweepCode {
  // False if there is none for this point, which has been reported.
  std::function<bool(const std::string& name_of_point, const elaborate::Network& network,
                     const plan::Plan& plan)>
      add;
  std::function<std::optional<CodeForLanes>(int point, const plan::Plan& plan)> code_for;
  // `1 program`, said before the sweep begins.
  std::function<std::string()> describe;
};

struct SweepOptions {
  std::string file;  // the program as the user named it
  std::string sweep;
  Settings settings;  // for all points
  std::optional<int> seeds;
  int threads = 1;
  bool quiet = false;
  OutputSettings output;
  std::span<const int> widths;
};

// Returns the exit code.
[[nodiscard]] int run_sweep(Session& session, const model::Program& program,
                            const SweepOptions& options, const SweepCode& code);

// The network of a point; messages name the point.
[[nodiscard]] std::optional<elaborate::Network> bind_point(Session& session,
                                                           const model::Program& program,
                                                           const SweepPoints& points, int point,
                                                           const Settings& settings);

// How a message names a point: `lr = 0.1, n = 3`.
[[nodiscard]] std::string name_point(const SweepPoints& points, int point);

}  // namespace bouton::launch
