// Plain data as bytes, for files that this program reads back itself: spools and checkpoints.
// Little-endian; sizes in front of what they count. A decoder never reads beyond its bytes and
// never believes a size that the rest of them cannot hold: after the first thing that does not fit
// it gives zeros and says so once, at the end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bouton::runtime {

class Encoder {
 public:
  void add_byte(std::uint8_t byte) { bytes_.push_back(static_cast<char>(byte)); }
  void add_truth(bool truth) { add_byte(truth ? 1 : 0); }
  void add_word(std::uint64_t word);
  void add_whole(std::int64_t whole) { add_word(static_cast<std::uint64_t>(whole)); }
  void add_number(double number);
  void add_text(std::string_view text);
  void add_numbers(const std::vector<double>& numbers);
  void add_wholes(const std::vector<std::int64_t>& wholes);

  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  void add_raw(const void* data, std::size_t size);
  std::string bytes_;
};

class Decoder {
 public:
  explicit Decoder(std::string_view bytes) : rest_(bytes) {}

  std::uint8_t byte();
  bool truth() { return byte() != 0; }
  std::uint64_t word();
  std::int64_t whole() { return static_cast<std::int64_t>(word()); }
  double number();
  std::string text();
  std::vector<double> numbers();
  std::vector<std::int64_t> wholes();
  // A count of things of at least `least` bytes each.
  std::size_t count(std::size_t least);

  void fail() { failed_ = true; }
  [[nodiscard]] bool failed() const { return failed_; }
  // Everything was read, and all of it fitted.
  [[nodiscard]] bool finished() const { return !failed_ && rest_.empty(); }

 private:
  bool take(void* into, std::size_t size);
  std::string_view rest_;
  bool failed_ = false;
};

// 64 bits of FNV-1a over words of eight bytes and the size: no single changed word goes unseen.
[[nodiscard]] std::uint64_t checksum_of(std::string_view bytes);

}  // namespace bouton::runtime
