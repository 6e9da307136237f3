#include "runtime/encoding/encoding.h"

#include <bit>
#include <cstring>

namespace bouton::runtime {

static_assert(std::endian::native == std::endian::little, "encodings are little-endian");

void Encoder::add_raw(const void* data, std::size_t size) {
  bytes_.append(static_cast<const char*>(data), size);
}

void Encoder::add_word(std::uint64_t word) { add_raw(&word, sizeof word); }
void Encoder::add_number(double number) { add_raw(&number, sizeof number); }

void Encoder::add_text(std::string_view text) {
  add_word(text.size());
  add_raw(text.data(), text.size());
}

void Encoder::add_numbers(const std::vector<double>& numbers) {
  add_word(numbers.size());
  add_raw(numbers.data(), numbers.size() * sizeof(double));
}

void Encoder::add_wholes(const std::vector<std::int64_t>& wholes) {
  add_word(wholes.size());
  add_raw(wholes.data(), wholes.size() * sizeof(std::int64_t));
}

bool Decoder::take(void* into, std::size_t size) {
  if (failed_ || rest_.size() < size) {
    failed_ = true;
    return false;
  }
  if (size > 0) std::memcpy(into, rest_.data(), size);
  rest_.remove_prefix(size);
  return true;
}

std::uint8_t Decoder::byte() {
  std::uint8_t byte = 0;
  return take(&byte, sizeof byte) ? byte : std::uint8_t{0};
}

std::uint64_t Decoder::word() {
  std::uint64_t word = 0;
  return take(&word, sizeof word) ? word : 0;
}

double Decoder::number() {
  double number = 0;
  return take(&number, sizeof number) ? number : 0.0;
}

std::size_t Decoder::count(std::size_t least) {
  const std::uint64_t count = word();
  if (failed_ || count > rest_.size() / least) {
    failed_ = true;
    return 0;
  }
  return static_cast<std::size_t>(count);
}

std::string Decoder::text() {
  std::string text(count(1), '\0');
  take(text.data(), text.size());
  return text;
}

std::vector<double> Decoder::numbers() {
  std::vector<double> numbers(count(sizeof(double)));
  take(numbers.data(), numbers.size() * sizeof(double));
  return numbers;
}

std::vector<std::int64_t> Decoder::wholes() {
  std::vector<std::int64_t> wholes(count(sizeof(std::int64_t)));
  take(wholes.data(), wholes.size() * sizeof(std::int64_t));
  return wholes;
}

std::uint64_t checksum_of(std::string_view bytes) {
  constexpr std::uint64_t prime = 0x100000001b3U;
  std::uint64_t sum = (0xcbf29ce484222325U ^ bytes.size()) * prime;
  while (!bytes.empty()) {
    std::uint64_t word = 0;
    const std::size_t size = bytes.size() < sizeof word ? bytes.size() : sizeof word;
    std::memcpy(&word, bytes.data(), size);
    sum = (sum ^ word) * prime;
    sum ^= sum >> 32;
    bytes.remove_prefix(size);
  }
  return sum;
}

}  // namespace bouton::runtime
