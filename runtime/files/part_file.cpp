#include "runtime/files/part_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace bouton::runtime {
namespace {

std::filesystem::path part_of(std::filesystem::path path) { return path += ".part"; }

std::string words_of(int error) { return std::generic_category().message(error); }

// False if it was renamed or removed between opening and locking.
bool has_name(int descriptor, const std::filesystem::path& name) {
  struct stat opened{};
  struct stat named{};
  if (::fstat(descriptor, &opened) != 0 || ::stat(name.c_str(), &named) != 0) return false;
  return opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

}  // namespace

Result<PartFile> PartFile::open(const std::filesystem::path& path) {
  constexpr int kMostTries = 100;
  const std::filesystem::path name = part_of(path);
  for (int i = 0; i < kMostTries; ++i) {
    const int descriptor = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (descriptor < 0) return Error{words_of(errno)};
    const bool in_use = ::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    if (!in_use && has_name(descriptor, name)) return PartFile(path, descriptor);
    ::close(descriptor);
    if (in_use) break;
  }
  return Error{"another run is writing it"};
}

PartFile::~PartFile() {
  if (descriptor_ < 0) return;
  std::error_code ignored;
  std::filesystem::remove(name(), ignored);
  ::close(descriptor_);
}

std::filesystem::path PartFile::name() const { return part_of(path_); }

std::optional<std::string> PartFile::commit() {
  std::error_code failure;
  std::filesystem::rename(name(), path_, failure);
  if (failure) return failure.message();
  ::close(std::exchange(descriptor_, -1));
  return std::nullopt;
}

}  // namespace bouton::runtime
