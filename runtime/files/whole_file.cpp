#include "runtime/files/whole_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "runtime/files/append_file.h"

namespace bouton::runtime {
namespace {

// 0, or the errno of the first call that failed; a full disk may show only on syncing or closing.
int write_bytes(const std::filesystem::path& path, std::string_view bytes) {
  ::unlink(path.c_str());  // left by a program that was killed, or a link to somewhere else
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
  if (file < 0) return errno;
  int failure = write_all(file, bytes);
  if (failure == 0 && ::fsync(file) != 0 && errno != EINVAL) failure = errno;
  if (::close(file) != 0 && failure == 0) failure = errno;
  return failure;
}

}  // namespace

std::filesystem::path follow_links(const std::filesystem::path& path) {
  std::error_code failure;
  if (!std::filesystem::is_symlink(path, failure)) return path;
  const std::filesystem::path target = std::filesystem::canonical(path, failure);
  return failure ? path : target;
}

std::optional<Error> write_whole_file(const std::filesystem::path& path, std::string_view bytes) {
  const std::filesystem::path target = follow_links(path);
  std::filesystem::path part = target;
  part += ".part";
  std::error_code failure(write_bytes(part, bytes), std::generic_category());
  if (!failure) std::filesystem::rename(part, target, failure);
  if (!failure) {
    sync_folder_of(target);
    return std::nullopt;
  }
  std::error_code ignored;
  std::filesystem::remove(part, ignored);
  return Error{fmt::format("`{}` cannot be written: {}", path.string(), failure.message())};
}

}  // namespace bouton::runtime
