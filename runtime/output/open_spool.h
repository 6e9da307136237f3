// Opens the spool of an output, and says in words why it cannot be used.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <variant>

#include "runtime/files/append_file.h"
#include "runtime/output/problem.h"
#include "runtime/spool/reader.h"

namespace bouton::runtime {

struct NoSpool {};

// An existing one; locked.
[[nodiscard]] std::variant<AppendFile, NoSpool, OutputProblem> open_spool(
    const std::filesystem::path& output);
[[nodiscard]] std::variant<AppendFile, OutputProblem> create_spool(
    const std::filesystem::path& output);

// Valid as long as the file, and as far as it reaches now.
[[nodiscard]] spool::Bytes bytes_of(const AppendFile& spool);

[[nodiscard]] std::variant<spool::Contents, OutputProblem> read_spool(
    const std::filesystem::path& output, const spool::Bytes& bytes);

}  // namespace bouton::runtime
