#include "runtime/hdf5/whole_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <system_error>

namespace bouton::runtime {
namespace {

// 0, or the errno of the first call that failed; a full disk may show only on flushing or closing.
int write_bytes(const std::filesystem::path& path, std::string_view bytes) {
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) return errno;
  int failure = 0;
  if (std::fwrite(bytes.data(), 1, bytes.size(), file) != bytes.size()) failure = errno;
  if (failure == 0 && std::fflush(file) != 0) failure = errno;
  if (std::fclose(file) != 0 && failure == 0) failure = errno;
  return failure;
}

}  // namespace

std::optional<Error> write_whole_file(const std::filesystem::path& path, std::string_view bytes) {
  std::filesystem::path part = path;
  part += ".part";
  std::error_code failure(write_bytes(part, bytes), std::generic_category());
  if (!failure) std::filesystem::rename(part, path, failure);
  if (!failure) return std::nullopt;
  std::error_code ignored;
  std::filesystem::remove(part, ignored);
  return Error{fmt::format("`{}` cannot be written: {}", path.string(), failure.message())};
}

}  // namespace bouton::runtime
