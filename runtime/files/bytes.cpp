#include "runtime/files/bytes.h"

#include <fmt/format.h>

#include <fstream>
#include <system_error>

namespace bouton::runtime {

Result<std::string> read_bytes(const std::filesystem::path& path) {
  std::error_code failure;
  const std::filesystem::file_status status = std::filesystem::status(path, failure);
  if (!std::filesystem::exists(status)) return Error{"there is no such file"};
  if (!std::filesystem::is_regular_file(status))
    return Error{"this is not a file but a folder or device"};
  const std::uintmax_t size = std::filesystem::file_size(path, failure);
  if (failure) return Error{fmt::format("it cannot be read: {}", failure.message())};
  if (size > kLargestFile)
    return Error{fmt::format("{} bytes are too many: at most {} are read", size, kLargestFile)};
  std::ifstream stream(path, std::ios::binary);
  std::string bytes(static_cast<std::size_t>(size), '\0');
  if (!stream || !stream.read(bytes.data(), static_cast<std::streamsize>(size))) {
    return Error{"it cannot be read"};
  }
  return bytes;
}

}  // namespace bouton::runtime
