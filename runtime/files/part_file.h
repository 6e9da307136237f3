// A file that is being written under a name of its own, `out.h5.part`, and gets its real name when
// it is whole. While it is open, no other process that goes through here writes it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "runtime/base/result.h"

namespace bouton::runtime {

class PartFile {
 public:
  // Creates `path.part`, or takes over what a process that has gone has left of it.
  [[nodiscard]] static Result<PartFile> open(const std::filesystem::path& path);

  PartFile(PartFile&& other) noexcept
      : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)) {}
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;
  PartFile& operator=(PartFile&&) = delete;
  // Without a commit, the file goes.
  ~PartFile();

  // Whoever writes opens it by this name.
  [[nodiscard]] std::filesystem::path name() const;
  // Renames it; the system's words if that fails.
  [[nodiscard]] std::optional<std::string> commit();

 private:
  PartFile(std::filesystem::path path, int descriptor)
      : path_(std::move(path)), descriptor_(descriptor) {}

  std::filesystem::path path_;
  int descriptor_;
};

}  // namespace bouton::runtime
