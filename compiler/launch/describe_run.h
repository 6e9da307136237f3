// Everything about a run or sweep that goes into its output file, from the bound experiment.
#pragma once

#include <string>

#include "compiler/elaborate/network.h"
#include "compiler/launch/session.h"
#include "compiler/launch/sweep_points.h"
#include "runtime/spool/run_description.h"

namespace bouton::launch {

// `file`: the source file as the user named it. The run has `seeds` replicas.
[[nodiscard]] runtime::RunDescription describe_run(const Session& session,
                                                   const elaborate::Network& network,
                                                   const std::string& file, int seeds);

// The same of a sweep, from its points one after the other.
class SweepDescription {
 public:
  SweepDescription(const Session& session, const SweepPoints& points, std::string file);

  void add_point(const elaborate::Network& network);
  [[nodiscard]] runtime::RunDescription take();

 private:
  const Session& session_;
  const SweepPoints& points_;
  std::string file_;
  bool axes_name_files_;
  bool first_ = true;
  std::vector<double> timesteps_;
  runtime::RunDescription run_;
};

}  // namespace bouton::launch
