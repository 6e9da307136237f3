// The spool: what a run has recorded, in the order in which it did, in a file that is complete
// after every record.
//
//   magic "BTNSPOOL", format version (u64)
//   records: size of the payload (u64), its checksum (u64), payload
//
// The payload begins with its kind (a byte). The first record describes the run; then, in any
// order of replicas:
//
//   Begin   replica                          what it has recorded before does not count
//   Rewind  replica, place, rows per table   what it has recorded from that byte of the file on
//                                            does not count: it goes on at a checkpoint
//   Table   replica, table, names            tables of a replica count from 0
//   Row     replica, table, a value per name
//   End     replica, steps, problem, outcome
//   Stop    why the run as a whole was left
//
// Nothing is ever taken out: what one replica does not count any more may stand between what others
// do.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/encoding/encoding.h"
#include "runtime/spool/recorded_run.h"

namespace bouton::runtime::spool {

inline constexpr std::string_view kMagic = "BTNSPOOL";
inline constexpr std::uint64_t kFormatVersion = 2;

enum class RecordKind : std::uint8_t { Description = 1, Begin, Table, Row, End, Stop, Rewind };

// Size and checksum in front of a payload.
[[nodiscard]] std::string frame(std::string_view payload);
inline constexpr std::size_t kFrameHead = 16;
// With its head, as that says; nothing if the head is not whole.
[[nodiscard]] std::optional<std::uint64_t> size_of_frame(std::string_view head);
// The payload of the record that `bytes` begin with, and its whole size; nothing if they do not
// begin with a sound one.
struct Framed {
  std::string_view payload;
  std::size_t size = 0;
};
[[nodiscard]] std::optional<Framed> unframe(std::string_view bytes);

void encode(Encoder& encoder, const RunDescription& description);
[[nodiscard]] RunDescription decode_description(Decoder& decoder);

}  // namespace bouton::runtime::spool
