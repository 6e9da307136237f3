#include "compiler/cache/evict.h"

#include <algorithm>
#include <chrono>
#include <system_error>
#include <tuple>
#include <vector>

namespace bouton::cache {

namespace {

namespace fs = std::filesystem;

struct Entry {
  fs::file_time_type used;
  fs::path path;
  std::uint64_t bytes = 0;
};

// What vanishes meanwhile was removed by another process.
std::vector<Entry> list_files(const fs::path& folder, std::string_view extension) {
  std::vector<Entry> entries;
  std::error_code failure;
  for (fs::directory_iterator file(folder, failure), end; !failure && file != end;
       file.increment(failure)) {
    if (file->path().extension() != extension) continue;
    std::error_code vanished;
    const auto used = file->last_write_time(vanished);
    const auto bytes = vanished ? 0 : file->file_size(vanished);
    if (!vanished) entries.push_back({used, file->path(), bytes});
  }
  return entries;
}

void remove(const Entry& entry) {
  std::error_code ignored;
  fs::remove(entry.path, ignored);
}

void remove_left_parts(const fs::path& folder) {
  const auto now = fs::file_time_type::clock::now();
  for (const Entry& part : list_files(folder, kPartExtension))
    if (now - part.used > std::chrono::hours(1)) remove(part);
}

}  // namespace

void evict(const fs::path& folder, std::uint64_t limit) {
  remove_left_parts(folder);
  std::vector<Entry> entries = list_files(folder, kEntryExtension);
  std::uint64_t total = 0;
  for (const Entry& entry : entries) total += entry.bytes;
  if (total <= limit) return;
  std::ranges::sort(entries, [](const Entry& a, const Entry& b) {
    return std::tie(a.used, a.path) < std::tie(b.used, b.path);
  });
  const std::uint64_t wanted = limit - limit / 4;
  for (const Entry& entry : entries) {
    if (total <= wanted) return;
    remove(entry);
    total -= entry.bytes;
  }
}

}  // namespace bouton::cache
