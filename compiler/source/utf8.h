// UTF-8, decoded the strict way (RFC 3629: no overlong forms, no surrogates, nothing beyond
// U+10FFFF).
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace bouton::source {

struct CodePoint {
  char32_t value;
  std::size_t length;  // in bytes
};

// The code point that begins at byte `at`; nullopt where the bytes are not UTF-8 or `at` is the
// end.
[[nodiscard]] std::optional<CodePoint> decode_code_point(std::string_view text, std::size_t at);

// Offset of the first byte that is not part of well-formed UTF-8; nullopt if there is none.
[[nodiscard]] std::optional<std::size_t> find_invalid_utf8(std::string_view text);

// Number of code points of well-formed text.
[[nodiscard]] std::size_t count_code_points(std::string_view text);

}  // namespace bouton::source
