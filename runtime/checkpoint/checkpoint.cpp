#include "runtime/checkpoint/checkpoint.h"

#include <string_view>

#include "runtime/encoding/encoding.h"
#include "runtime/files/bytes.h"
#include "runtime/files/whole_file.h"
#include "runtime/spool/format.h"

namespace bouton::runtime {

namespace {

constexpr std::string_view kMagic = "BTNCHECK";
constexpr std::uint64_t kFormatVersion = 2;
constexpr std::size_t kHead = kMagic.size() + 8;

}  // namespace

std::optional<Error> write_checkpoint(const std::filesystem::path& path,
                                      const Checkpoint& checkpoint) {
  Encoder head;
  head.add_word(kFormatVersion);
  Encoder payload;
  spool::encode(payload, checkpoint.description);
  payload.add_word(checkpoint.first_replica);
  payload.add_word(checkpoint.lanes());
  for (const Checkpoint::Recorded& recorded : checkpoint.recorded) {
    payload.add_word(recorded.begun_at);
    payload.add_wholes(recorded.rows);
  }
  payload.add_word(checkpoint.spool_size);
  payload.add_text(checkpoint.state);
  return write_whole_file(path, std::string(kMagic) + head.bytes() + spool::frame(payload.bytes()));
}

Result<Checkpoint> read_checkpoint(const std::filesystem::path& path) {
  const auto bytes = read_bytes(path);
  if (!bytes) return bytes.error();
  if (bytes->size() < kHead || !bytes->starts_with(kMagic)) return Error{"it is no checkpoint"};
  Decoder head(std::string_view(*bytes).substr(kMagic.size(), 8));
  const std::uint64_t version = head.word();
  if (version != kFormatVersion)
    return Error{"it has format " + std::to_string(version) + ", this version reads format " +
                 std::to_string(kFormatVersion)};
  const auto framed = spool::unframe(std::string_view(*bytes).substr(kHead));
  if (!framed || framed->size + kHead != bytes->size()) return Error{"it is damaged"};
  Decoder decoder(framed->payload);
  Checkpoint checkpoint;
  checkpoint.description = spool::decode_description(decoder);
  checkpoint.first_replica = decoder.word();
  checkpoint.recorded.resize(decoder.count(16));
  for (Checkpoint::Recorded& recorded : checkpoint.recorded) {
    recorded.begun_at = decoder.word();
    recorded.rows = decoder.wholes();
  }
  checkpoint.spool_size = decoder.word();
  checkpoint.state = decoder.text();
  if (!decoder.finished()) return Error{"it is damaged"};
  return checkpoint;
}

}  // namespace bouton::runtime
