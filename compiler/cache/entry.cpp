#include "compiler/cache/entry.h"

#include "runtime/encoding/encoding.h"

namespace bouton::cache {

namespace {

constexpr std::string_view kMark = "bouton code 1";

std::uint64_t checksum(std::string_view key, std::string_view code) {
  runtime::Encoder both;
  both.add_text(key);
  both.add_text(code);
  return runtime::checksum_of(both.bytes());
}

}  // namespace

std::string build_entry(std::string_view key, std::string_view code) {
  runtime::Encoder entry;
  entry.add_text(kMark);
  entry.add_text(key);
  entry.add_word(checksum(key, code));
  entry.add_text(code);
  return entry.bytes();
}

std::optional<std::string> read_entry(std::string_view bytes, std::string_view key) {
  runtime::Decoder entry(bytes);
  if (entry.text() != kMark || entry.text() != key) return std::nullopt;
  const std::uint64_t sum = entry.word();
  std::string code = entry.text();
  if (!entry.finished() || checksum(key, code) != sum) return std::nullopt;
  return code;
}

}  // namespace bouton::cache
