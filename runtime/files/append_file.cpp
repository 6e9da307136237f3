#include "runtime/files/append_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace bouton::runtime {
namespace {

std::string words_of(int error) { return std::generic_category().message(error); }

AppendFile::OpenError open_error(int error) {
  if (error == EEXIST) return {AppendFile::Problem::Exists, words_of(error)};
  if (error == ENOENT) return {AppendFile::Problem::Missing, words_of(error)};
  return {AppendFile::Problem::Other, words_of(error)};
}

}  // namespace

int write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

void sync_folder_of(const std::filesystem::path& path) {
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

AppendFile::Opened AppendFile::lock(int descriptor) {
  struct stat status{};
  AppendFile file(descriptor, 0);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
    return OpenError{Problem::InUse, words_of(errno)};
  if (::fstat(descriptor, &status) != 0) return open_error(errno);
  if (status.st_nlink == 0) return open_error(ENOENT);  // removed between opening and locking
  file.size_ = static_cast<std::uint64_t>(status.st_size);
  return file;
}

AppendFile::Opened AppendFile::create(const std::filesystem::path& path) {
  const int descriptor =
      ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0666);
  if (descriptor < 0) return open_error(errno);
  sync_folder_of(path);
  return lock(descriptor);
}

AppendFile::Opened AppendFile::open(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_APPEND | O_CLOEXEC);
  if (descriptor < 0) return open_error(errno);
  return lock(descriptor);
}

AppendFile::~AppendFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::optional<std::string> AppendFile::append(std::string_view bytes) {
  const int failure = write_all(descriptor_, bytes);
  if (failure == 0) {
    size_ += bytes.size();
    return std::nullopt;
  }
  // Should this fail too, the checksum of the incomplete record keeps it from being read.
  if (::ftruncate(descriptor_, static_cast<off_t>(size_)) != 0) return words_of(failure);
  return words_of(failure);
}

std::optional<std::string> AppendFile::sync() {
  if (::fdatasync(descriptor_) == 0) return std::nullopt;
  return words_of(errno);
}

std::optional<std::string> AppendFile::truncate(std::uint64_t size) {
  if (::ftruncate(descriptor_, static_cast<off_t>(size)) != 0) return words_of(errno);
  size_ = size;
  return std::nullopt;
}

Result<std::string> AppendFile::read(std::uint64_t offset, std::size_t size) const {
  const std::uint64_t left = offset < size_ ? size_ - offset : 0;
  std::string bytes(std::min<std::uint64_t>(size, left), '\0');
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t got = ::pread(descriptor_, bytes.data() + done, bytes.size() - done,
                                static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Error{words_of(errno)};
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  bytes.resize(done);
  return bytes;
}

bool AppendFile::has_name() const {
  struct stat status{};
  return ::fstat(descriptor_, &status) == 0 && status.st_nlink > 0;
}

}  // namespace bouton::runtime
