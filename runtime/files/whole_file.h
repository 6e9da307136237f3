// Files that are either complete or not there.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include "runtime/base/result.h"

namespace bouton::runtime {

// Writes `path.part`, waits until it is on the disk, then renames it to `path`. On an error neither
// is left behind; an older file stays as it was. If `path` is a link, the file it leads to is
// replaced.
[[nodiscard]] std::optional<Error> write_whole_file(const std::filesystem::path& path,
                                                    std::string_view bytes);

// Where a link leads to; any other path as it is.
[[nodiscard]] std::filesystem::path follow_links(const std::filesystem::path& path);

}  // namespace bouton::runtime
