// A stretch of source text: what every node of every form points back to.
#pragma once

#include <compare>
#include <cstdint>

namespace bouton::source {

using FileId = std::uint32_t;

// Byte offsets [begin, end) in one file of the SourceMap.
struct Span {
  FileId file = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  friend auto operator<=>(const Span&, const Span&) = default;
};

// The smallest span that contains both; both must be of one file.
[[nodiscard]] inline Span join(Span a, Span b) {
  return {a.file, a.begin < b.begin ? a.begin : b.begin, a.end > b.end ? a.end : b.end};
}

}  // namespace bouton::source
