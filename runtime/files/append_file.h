// A file that only grows, held by one process: what was appended survives the end of the process,
// and what was synced a loss of power.
//
// An append that fails leaves no trace, so the file always ends after a complete one. While the
// file is open it is locked against other programs that open it in this way.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "runtime/base/result.h"

namespace bouton::runtime {

class AppendFile {
 public:
  enum class Problem : std::uint8_t { Exists, Missing, InUse, Other };
  struct OpenError {
    Problem problem = Problem::Other;
    std::string reason;  // the system's words
  };
  using Opened = std::variant<AppendFile, OpenError>;

  [[nodiscard]] static Opened create(const std::filesystem::path& path);
  [[nodiscard]] static Opened open(const std::filesystem::path& path);

  AppendFile(AppendFile&& other) noexcept
      : descriptor_(std::exchange(other.descriptor_, -1)), size_(other.size_) {}
  AppendFile(const AppendFile&) = delete;
  AppendFile& operator=(const AppendFile&) = delete;
  AppendFile& operator=(AppendFile&&) = delete;
  ~AppendFile();

  // The system's words if they could not be written.
  [[nodiscard]] std::optional<std::string> append(std::string_view bytes);
  [[nodiscard]] std::optional<std::string> sync();
  [[nodiscard]] std::optional<std::string> truncate(std::uint64_t size);
  [[nodiscard]] std::uint64_t size() const { return size_; }
  // At most `size` bytes from `offset` on, fewer only at the end.
  [[nodiscard]] Result<std::string> read(std::uint64_t offset, std::size_t size) const;
  // False once its name was removed: what it holds goes when it is closed.
  [[nodiscard]] bool has_name() const;

 private:
  AppendFile(int descriptor, std::uint64_t size) : descriptor_(descriptor), size_(size) {}
  static Opened lock(int descriptor);

  int descriptor_;
  std::uint64_t size_;
};

// 0, or the errno of the call that failed.
[[nodiscard]] int write_all(int descriptor, std::string_view bytes);

// Makes the names in a file's folder last, as far as the system can.
void sync_folder_of(const std::filesystem::path& path);

}  // namespace bouton::runtime
