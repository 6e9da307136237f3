#include "runtime/spool/reader.h"

#include <algorithm>

#include "runtime/encoding/values.h"
#include "runtime/spool/format.h"

namespace bouton::runtime::spool {

namespace {

constexpr std::size_t kHead = kMagic.size() + 8;
constexpr std::uint64_t kMostReplicas = std::uint64_t{1} << 24U;

std::vector<Value> decode_row(Decoder& decoder, const RecordedTable& table) {
  std::vector<Value> row;
  for (std::size_t i = 0; i < table.names.size(); ++i) row.push_back(decode_value(decoder));
  return row;
}

// Takes the records one by one; false for the first that makes no sense.
class Replay {
 public:
  explicit Replay(RecordedRun& run) : run_(run) {}

  bool take(const Frames::Frame& frame) {
    Decoder decoder(frame.payload);
    const auto kind = static_cast<RecordKind>(decoder.byte());
    const bool described = !run_.replicas.empty();
    if (kind == RecordKind::Description) return !described && describe_run(decoder);
    if (!described) return false;
    if (kind == RecordKind::Stop) return stop(decoder);
    const std::uint64_t replica = decoder.word();
    if (decoder.failed() || replica >= run_.replicas.size()) return false;
    run_.stopped.clear();
    return take(kind, run_.replicas[replica], frame.offset, decoder);
  }

 private:
  bool describe_run(Decoder& decoder) {
    run_.description = decode_description(decoder);
    const RunDescription& run = run_.description;
    if (!decoder.finished() || run.replicas < 1 || run.replicas > kMostReplicas) return false;
    const std::uint64_t points = run.points();
    if (points < 1 || run.replicas % points != 0) return false;
    if (!run.timesteps.empty() && run.timesteps.size() != points) return false;
    run_.replicas.resize(run.replicas);
    return true;
  }

  bool stop(Decoder& decoder) {
    run_.stopped = decoder.text();
    return decoder.finished();
  }

  static bool take(RecordKind kind, RecordedReplica& replica, std::uint64_t offset,
                   Decoder& decoder) {
    switch (kind) {
      case RecordKind::Begin:
        replica = {};
        replica.stretches.front().begin = offset;
        return decoder.finished();
      case RecordKind::Rewind:
        return rewind(replica, offset, decoder);
      case RecordKind::Table:
        return take_table(replica, decoder);
      case RecordKind::Row:
        return take_row(replica, decoder);
      case RecordKind::End:
        return take_end(replica, offset, decoder);
      default:
        return false;
    }
  }

  static bool rewind(RecordedReplica& replica, std::uint64_t offset, Decoder& decoder) {
    const std::uint64_t place = decoder.word();
    const std::vector<std::int64_t> rows = decoder.wholes();
    if (!decoder.finished() || place > offset || rows.size() > replica.tables.size()) return false;
    replica.tables.resize(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto count = static_cast<std::uint64_t>(rows[i]);
      if (count > replica.tables[i].rows) return false;
      replica.tables[i].rows = count;
    }
    std::erase_if(replica.stretches, [&](const Stretch& part) { return part.begin >= place; });
    if (replica.stretches.empty()) return false;
    replica.stretches.back().end = std::min(replica.stretches.back().end, place);
    replica.stretches.push_back({offset, Stretch::kOpen});
    replica.end.reset();
    return true;
  }

  static bool take_table(RecordedReplica& replica, Decoder& decoder) {
    if (decoder.word() != replica.tables.size()) return false;
    RecordedTable table;
    table.names.resize(decoder.count(8));
    for (std::string& name : table.names) name = decoder.text();
    if (!decoder.finished()) return false;
    replica.tables.push_back(std::move(table));
    return true;
  }

  static bool take_row(RecordedReplica& replica, Decoder& decoder) {
    const std::uint64_t number = decoder.word();
    if (decoder.failed() || number >= replica.tables.size()) return false;
    static_cast<void>(decode_row(decoder, replica.tables[number]));
    if (!decoder.finished()) return false;
    ++replica.tables[number].rows;
    return true;
  }

  static bool take_end(RecordedReplica& replica, std::uint64_t offset, Decoder& decoder) {
    ReplicaEnd end;
    end.steps = decoder.whole();
    end.problem = decoder.text();
    end.outcome = decoder.text();
    if (!decoder.finished()) return false;
    replica.end = std::move(end);
    replica.stretches.back().end = offset;
    return true;
  }

  RecordedRun& run_;
};

// Those of one replica in one stretch; the reader has found them sound.
std::optional<Error> hand_over(const Bytes& bytes, const Stretch& stretch, std::uint64_t replica,
                               const RecordedRun& run, const TakeRow& take) {
  Frames frames(bytes, stretch.begin, stretch.end);
  while (frames.position() < stretch.end) {
    const auto frame = frames.next();
    if (!frame) return frames.failure().value_or(Error{"the spool has changed while it was read"});
    Decoder decoder(frame->payload);
    if (static_cast<RecordKind>(decoder.byte()) != RecordKind::Row || decoder.word() != replica)
      continue;
    const std::uint64_t table = decoder.word();
    const std::vector<Value> values = decode_row(decoder, run.replicas[replica].tables[table]);
    take({replica, table, values});
  }
  return std::nullopt;
}

}  // namespace

std::variant<Contents, NotASpool, OtherVersion, Error> read(const Bytes& bytes) {
  const auto begin = bytes.read(0, kHead);
  if (!begin) return begin.error();
  if (begin->size() < kHead || !begin->starts_with(kMagic))
    return NotASpool{"it does not begin as one"};
  Decoder head(std::string_view(*begin).substr(kMagic.size()));
  const std::uint64_t version = head.word();
  if (version != kFormatVersion) return OtherVersion{version};
  Contents contents;
  Replay replay(contents.run);
  Frames frames(bytes, kHead, bytes.size);
  contents.sound = kHead;
  while (const auto frame = frames.next()) {
    if (!replay.take(*frame)) break;
    contents.sound = frames.position();
  }
  if (frames.failure()) return *frames.failure();
  contents.dropped = bytes.size - contents.sound;
  if (contents.run.replicas.empty()) return NotASpool{"the description of the run is damaged"};
  return contents;
}

ForEachRow rows_of(const Contents& contents, const Bytes& bytes) {
  return [&contents, &bytes](const TakeRow& take) -> std::optional<Error> {
    const RecordedRun& run = contents.run;
    for (std::uint64_t replica = 0; replica < run.replicas.size(); ++replica) {
      if (run.replicas[replica].tables.empty()) continue;
      for (Stretch stretch : run.replicas[replica].stretches) {
        stretch.begin = std::max<std::uint64_t>(stretch.begin, kHead);
        stretch.end = std::min(stretch.end, contents.sound);
        if (auto error = hand_over(bytes, stretch, replica, run, take)) return error;
      }
    }
    return std::nullopt;
  };
}

}  // namespace bouton::runtime::spool
