// Where a run that was left goes on: after the replicas that have ended, each block that was
// running at its checkpoint if there is one that fits, else at its beginning.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "runtime/checkpoint/checkpoint.h"
#include "runtime/files/append_file.h"
#include "runtime/output/problem.h"
#include "runtime/spool/recorded_run.h"

namespace bouton::runtime {

struct ResumePoint {
  RecordedRun run;  // as it was left
  std::vector<Checkpoint> checkpoints;
  std::vector<std::string> notes;
};

// Cuts off what cannot be read of the spool, after it was copied, and removes checkpoints that do
// not fit: they must never be taken for ones that fit later. Refused if the run that was left is
// not the one described.
[[nodiscard]] std::variant<ResumePoint, OutputProblem> find_resume_point(
    const std::filesystem::path& output, const RunDescription& description, AppendFile& spool);

}  // namespace bouton::runtime
