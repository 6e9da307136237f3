#include "compiler/cache/settings.h"

#include <fmt/format.h>

#include <charconv>
#include <cstdlib>
#include <limits>
#include <string_view>

namespace bouton::cache {

namespace {

std::optional<std::string> variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

std::optional<unsigned> shift_of(std::string_view unit) {
  if (unit.empty()) return 0;
  if (unit == "K") return 10;
  if (unit == "M") return 20;
  if (unit == "G") return 30;
  return std::nullopt;
}

std::optional<std::uint64_t> read_size(std::string_view text) {
  std::uint64_t number = 0;
  const char* begin = text.data();
  const char* end = begin + text.size();
  const auto [rest, error] = std::from_chars(begin, end, number);
  const auto shift = shift_of({rest, static_cast<std::size_t>(end - rest)});
  if (error != std::errc() || !shift) return std::nullopt;
  if (number > std::numeric_limits<std::uint64_t>::max() >> *shift) return std::nullopt;
  return number << *shift;
}

std::filesystem::path find_folder(const Environment& environment) {
  if (environment.cache_dir) return *environment.cache_dir;
  // A relative one is to be ignored, as the XDG base directory specification says.
  if (environment.xdg_cache_home && environment.xdg_cache_home->starts_with('/'))
    return std::filesystem::path(*environment.xdg_cache_home) / "bouton";
  if (environment.home && !environment.home->empty())
    return std::filesystem::path(*environment.home) / ".cache" / "bouton";
  return {};
}

}  // namespace

Environment read_environment() {
  return {variable("BOUTON_CACHE_DIR"), variable("BOUTON_CACHE_SIZE"), variable("XDG_CACHE_HOME"),
          variable("HOME")};
}

std::variant<Settings, Off, Unusable> find_settings(const Environment& environment) {
  if (environment.cache_dir && environment.cache_dir->empty()) return Off{};
  Settings settings{find_folder(environment)};
  if (settings.folder.empty()) return Unusable{"neither `BOUTON_CACHE_DIR` nor `HOME` is set"};
  if (!environment.cache_size) return settings;
  const auto limit = read_size(*environment.cache_size);
  if (!limit)
    return Unusable{fmt::format("`BOUTON_CACHE_SIZE` is `{}`, not a size such as `64M`",
                                *environment.cache_size)};
  settings.limit = *limit;
  return settings;
}

}  // namespace bouton::cache
