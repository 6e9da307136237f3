// Where a run that was left goes on: after the replicas that have ended, at the checkpoint of the
// block that was running if there is one that fits, else at that block's beginning.
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
  RecordedRun run;  // as it was there
  std::optional<Checkpoint> checkpoint;
  std::vector<std::string> notes;
};

// Cuts the spool off at that point. Refused if the run that was left is not the one described.
[[nodiscard]] std::variant<ResumePoint, OutputProblem> find_resume_point(
    const std::filesystem::path& output, const RunDescription& description, AppendFile& spool);

}  // namespace bouton::runtime
