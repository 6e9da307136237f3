// What a file of the cache holds: a mark of the format, the key, the code, and a checksum over
// both, so that a file that was cut off, damaged or renamed is never taken for code.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bouton::cache {

[[nodiscard]] std::string build_entry(std::string_view key, std::string_view code);

// The code; nothing if these are not the bytes of an entry with that key.
[[nodiscard]] std::optional<std::string> read_entry(std::string_view bytes, std::string_view key);

}  // namespace bouton::cache
