#include "compiler/cache/code_cache.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "compiler/cache/entry.h"
#include "compiler/cache/evict.h"
#include "runtime/files/append_file.h"
#include "runtime/files/bytes.h"

namespace bouton::cache {

namespace {

namespace fs = std::filesystem;

std::string words_of(int error) { return std::generic_category().message(error); }

// Why code from that folder is not to be run; nothing if it is not there.
std::optional<std::string> find_danger(const fs::path& folder) {
  struct stat status{};
  if (::stat(folder.c_str(), &status) != 0) return std::nullopt;
  if (!S_ISDIR(status.st_mode)) return fmt::format("`{}` is not a folder", folder.string());
  if (status.st_uid != ::geteuid())
    return fmt::format("`{}` belongs to another user", folder.string());
  if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0)
    return fmt::format("other users can write to `{}`", folder.string());
  return std::nullopt;
}

// All missing folders above it as well; only the last one is closed to others.
std::error_code create(const fs::path& folder) {
  std::error_code failure;
  if (folder.has_parent_path()) fs::create_directories(folder.parent_path(), failure);
  if (failure) return failure;
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
    return {errno, std::generic_category()};
  return {};
}

}  // namespace

CodeCache::CodeCache(Settings settings) : settings_(std::move(settings)) {
  if (const auto danger = find_danger(settings_.folder)) {
    trusted_ = false;
    give_up(*danger);
  }
}

CodeCache::~CodeCache() {
  if (has_added_) evict(settings_.folder, settings_.limit);
}

fs::path CodeCache::file_of(const std::string& key) const {
  return settings_.folder / (key + std::string(kEntryExtension));
}

std::optional<std::string> CodeCache::find(const std::string& key) {
  if (!trusted_) return std::nullopt;
  const fs::path file = file_of(key);
  const auto bytes = runtime::read_bytes(file);
  if (!bytes) return std::nullopt;
  auto code = read_entry(*bytes, key);
  if (code) {
    ::utimensat(AT_FDCWD, file.c_str(), nullptr, 0);  // it was used now
  } else {
    ::unlink(file.c_str());
  }
  return code;
}

bool CodeCache::make_folder() {
  if (const auto failure = create(settings_.folder)) {
    give_up(fmt::format("`{}` cannot be made: {}", settings_.folder.string(), failure.message()));
    return false;
  }
  const auto danger = find_danger(settings_.folder);
  if (danger) give_up(*danger);
  return !danger;
}

int CodeCache::write(const std::string& key, std::string_view bytes) const {
  std::string part = (settings_.folder / "XXXXXX").string() + std::string(kPartExtension);
  const int file = ::mkostemps(part.data(), static_cast<int>(kPartExtension.size()), O_CLOEXEC);
  if (file < 0) return errno;
  int error = runtime::write_all(file, bytes);
  if (::close(file) != 0 && error == 0) error = errno;
  if (error == 0 && ::rename(part.c_str(), file_of(key).c_str()) != 0) error = errno;
  if (error != 0) ::unlink(part.c_str());
  return error;
}

void CodeCache::keep(const std::string& key, std::string_view code) {
  if (problem() || !make_folder()) return;
  const int error = write(key, build_entry(key, code));
  if (error == 0)
    has_added_ = true;
  else
    give_up(
        fmt::format("`{}` cannot be written to: {}", settings_.folder.string(), words_of(error)));
}

std::optional<std::string> CodeCache::problem() const {
  const std::lock_guard lock(mutex_);
  return problem_;
}

void CodeCache::give_up(const std::string& reason) {
  const std::lock_guard lock(mutex_);
  if (!problem_) problem_ = reason;
}

}  // namespace bouton::cache
