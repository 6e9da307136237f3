// Whether a file that the user names with `-o` may be replaced: never a source of the program or
// a file that it names and may load, and of files that exist only such as the command would write
// itself. Results are not written under the name of another format.
#pragma once

#include <optional>
#include <string>

#include "compiler/source/source_map.h"
#include "runtime/output/problem.h"
#include "runtime/spool/run_description.h"

namespace bouton::launch {

enum class TargetKind : std::uint8_t { Results, Executable };

// Why `target` is not replaced; nothing if it may be.
[[nodiscard]] std::optional<runtime::OutputProblem> find_target_problem(
    const source::SourceMap& sources, const std::string& target, TargetKind kind);

// The same where a program that loads files names this one (see data_files.h).
[[nodiscard]] std::optional<runtime::OutputProblem> find_input_problem(
    const runtime::RunDescription& run, const std::string& target);

}  // namespace bouton::launch
