// What the architecture test looks for in one source file. Each rule answers with "file:line: what
// is wrong".
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace bouton::architecture {

struct SourceFile {
  std::string path;  // from the repository's root
  std::string text;
};

inline constexpr std::size_t kMaximumLines = 400;

// Includes outside the table of folders, and libraries outside the folders that own them.
[[nodiscard]] std::vector<std::string> check_includes(const SourceFile& file);

// Functions of <cmath> whose last bit depends on the C library, outside runtime/math.
[[nodiscard]] std::vector<std::string> check_transcendentals(const SourceFile& file);

// Printing past compiler/launch/streams.h: a stream that cannot be written must not end a run.
[[nodiscard]] std::vector<std::string> check_printing(const SourceFile& file);

[[nodiscard]] std::vector<std::string> check_length(const SourceFile& file);

}  // namespace bouton::architecture
