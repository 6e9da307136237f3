// Memory and disk that replicas will need at least, and whether they are there: found out before
// anything runs.
#pragma once

#include <cstdint>
#include <string>

#include "compiler/elaborate/network.h"
#include "compiler/launch/output.h"
#include "compiler/plan/plan.h"

namespace bouton::launch {

class Needs {
 public:
  // Replicas of that network; without a plan their states are not known.
  void add(const elaborate::Network& network, int replicas);
  void add(const elaborate::Network& network, const plan::Plan& plan, int replicas);

  [[nodiscard]] std::int64_t replica_bytes() const { return replica_bytes_; }
  [[nodiscard]] double file_bytes() const { return file_bytes_; }
  [[nodiscard]] std::int64_t replicas() const { return replicas_; }

 private:
  std::int64_t replica_bytes_ = 0;  // of memory, of the largest one
  double file_bytes_ = 0;           // of all together
  std::int64_t replicas_ = 0;
};

// Rows that a replica records whatever happens: loops whose lengths are known, no `if`.
[[nodiscard]] double count_certain_rows(const elaborate::Network& network);

// False after saying what is missing and what to do.
[[nodiscard]] bool has_room(const Needs& needs, const std::string& output, int threads);
// The same of the disk for a run that may have an output.
[[nodiscard]] bool has_room_for_run(const elaborate::Network& network, int replicas,
                                    const OutputSettings& output);

}  // namespace bouton::launch
