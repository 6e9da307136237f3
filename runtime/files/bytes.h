// The only place of the runtime that opens data files for reading.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "runtime/base/result.h"

namespace bouton::runtime {

// A larger file is refused before it is read: its numbers would not fit an array anyway.
inline constexpr std::uint64_t kLargestFile = std::uint64_t{1} << 34;

// The whole content of a regular file.
Result<std::string> read_bytes(const std::filesystem::path& path);

}  // namespace bouton::runtime
