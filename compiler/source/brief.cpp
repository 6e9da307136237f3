#include "compiler/source/brief.h"

#include <filesystem>

namespace bouton::source {

namespace {

constexpr std::size_t kLongest = 48;
constexpr const char* kCutOff = " …";

// The longest beginning of at most `bytes` bytes that ends between two letters.
std::string begin_of(const std::string& text, std::size_t bytes) {
  constexpr unsigned char kTopBits = 0xC0;
  constexpr unsigned char kContinuation = 0x80;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & kTopBits) == kContinuation)
    --bytes;
  return text.substr(0, bytes);
}

std::string without_trailing_spaces(std::string text) {
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

}  // namespace

std::string print_place(const SourceMap& sources, Span span) {
  const Position position = sources.position(span.file, span.begin);
  return std::filesystem::path(sources.name(span.file)).filename().string() + ":" +
         std::to_string(position.line) + ":" + std::to_string(position.column);
}

std::string print_excerpt(const SourceMap& sources, Span span) {
  const std::string_view text = sources.text(span);
  const std::size_t comment = text.find('#');
  std::string line;
  for (const char c : text.substr(0, comment)) {
    const bool space = c == '\n' || c == ' ';
    if (!space || (!line.empty() && line.back() != ' ')) line += space ? ' ' : c;
  }
  line = without_trailing_spaces(std::move(line));
  if (comment != std::string_view::npos) line += kCutOff;
  if (line.size() <= kLongest) return line;
  return without_trailing_spaces(begin_of(line, kLongest - 2)) + kCutOff;
}

}  // namespace bouton::source
