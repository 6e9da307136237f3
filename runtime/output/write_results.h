// Writes the result file, wherever it can be written.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "runtime/output/problem.h"
#include "runtime/spool/rows.h"

namespace bouton::runtime {

struct WrittenResults {
  std::filesystem::path path;  // empty: nowhere
  std::vector<std::string> notes{};
  std::optional<OutputProblem> problem{};
  std::vector<std::uint64_t> hashes{};  // of each replica; none if the rows could not be read
};

// `spool_lasts`: the spool has a name, so nothing is lost if the file cannot be written. If it has
// none (the folder has vanished), the folder is made anew, or the file goes into the folder for
// temporary files.
[[nodiscard]] WrittenResults write_results(const std::filesystem::path& output,
                                           const RecordedRun& run, const ForEachRow& rows,
                                           bool spool_lasts);

}  // namespace bouton::runtime
