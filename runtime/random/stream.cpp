#include "runtime/random/stream.h"

namespace bouton::runtime::random {
namespace {

class Fnv1a {
 public:
  void add_byte(std::uint8_t byte) { hash_ = (hash_ ^ byte) * 0x100000001b3; }

  void add_bytes(std::uint64_t value, int count) {
    for (int i = 0; i < count; ++i) add_byte(static_cast<std::uint8_t>(value >> (8 * i)));
  }

  [[nodiscard]] StreamId folded() const { return {(hash_ & 0xffff'ffff'ffff) ^ (hash_ >> 48)}; }

 private:
  std::uint64_t hash_ = 0xcbf29ce484222325;
};

}  // namespace

StreamId stream_of(std::string_view site, DrawKind kind, std::uint32_t call) {
  Fnv1a hash;
  for (const char letter : site) hash.add_byte(static_cast<std::uint8_t>(letter));
  hash.add_byte(0);
  hash.add_byte(static_cast<std::uint8_t>(kind));
  hash.add_bytes(call, 4);
  return hash.folded();
}

StreamId stream_of_attempt(StreamId stream, std::uint32_t attempt) {
  if (attempt == 0) return stream;
  Fnv1a hash;
  hash.add_bytes(stream.bits, 8);
  hash.add_bytes(attempt, 4);
  return hash.folded();
}

}  // namespace bouton::runtime::random
