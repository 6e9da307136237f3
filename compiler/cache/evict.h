// Keeps a folder of entries within its size.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

namespace bouton::cache {

inline constexpr std::string_view kEntryExtension = ".code";
inline constexpr std::string_view kPartExtension = ".part";  // of an entry that is being written

// If the entries take more than `limit` bytes, those go that were used longest ago (by the time of
// last modification, which every use sets) until three quarters of it are left; and parts that a
// process that has gone left an hour ago. Other files stay. Several processes may do so at the
// same time.
void evict(const std::filesystem::path& folder, std::uint64_t limit);

}  // namespace bouton::cache
