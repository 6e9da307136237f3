// Where compiled code is kept, and how much of it: what the environment says.
//
//   BOUTON_CACHE_DIR   the folder; empty: code is not kept
//   XDG_CACHE_HOME     else the folder `bouton` in this one, if the name is absolute
//   HOME               else `.cache/bouton` in this one
//   BOUTON_CACHE_SIZE  the limit (256M): bytes, or with K, M or G behind them (powers of 1024)
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>

namespace bouton::cache {

struct Environment {
  std::optional<std::string> cache_dir;
  std::optional<std::string> cache_size;
  std::optional<std::string> xdg_cache_home;
  std::optional<std::string> home;
};
[[nodiscard]] Environment read_environment();

inline constexpr std::uint64_t kDefaultLimit = std::uint64_t{256} << 20;

struct Settings {
  std::filesystem::path folder;
  std::uint64_t limit = kDefaultLimit;  // bytes of all entries together
};
struct Off {};  // as the user wants it
struct Unusable {
  std::string reason;
};
[[nodiscard]] std::variant<Settings, Off, Unusable> find_settings(const Environment& environment);

}  // namespace bouton::cache
