#include "runtime/spool/reader.h"

#include "runtime/encoding/values.h"
#include "runtime/spool/format.h"

namespace bouton::runtime::spool {

namespace {

constexpr std::size_t kHead = kMagic.size() + 8;
constexpr std::uint64_t kMostReplicas = std::uint64_t{1} << 24U;

// Takes the records one by one; false for the first that makes no sense.
class Replay {
 public:
  explicit Replay(RecordedRun& run) : run_(run) {}

  bool take(std::string_view payload) {
    Decoder decoder(payload);
    const auto kind = static_cast<RecordKind>(decoder.byte());
    const bool described = !run_.replicas.empty();
    if (kind == RecordKind::Description) return !described && describe_run(decoder);
    if (!described) return false;
    if (kind == RecordKind::Stop) return stop(decoder);
    const std::uint64_t replica = decoder.word();
    if (decoder.failed() || replica >= run_.replicas.size()) return false;
    run_.stopped.clear();
    return take(kind, run_.replicas[replica], decoder);
  }

 private:
  bool describe_run(Decoder& decoder) {
    run_.description = decode_description(decoder);
    const std::uint64_t replicas = run_.description.replicas;
    if (!decoder.finished() || replicas < 1 || replicas > kMostReplicas) return false;
    run_.replicas.resize(replicas);
    return true;
  }

  bool stop(Decoder& decoder) {
    run_.stopped = decoder.text();
    return decoder.finished();
  }

  static bool take(RecordKind kind, RecordedReplica& replica, Decoder& decoder) {
    switch (kind) {
      case RecordKind::Begin:
        replica = {};
        return decoder.finished();
      case RecordKind::Table:
        return take_table(replica, decoder);
      case RecordKind::Row:
        return take_row(replica, decoder);
      case RecordKind::End:
        return take_end(replica, decoder);
      default:
        return false;
    }
  }

  static bool take_table(RecordedReplica& replica, Decoder& decoder) {
    if (decoder.word() != replica.results.tables.size()) return false;
    ResultTable table;
    table.names.resize(decoder.count(8));
    for (std::string& name : table.names) name = decoder.text();
    if (!decoder.finished()) return false;
    replica.results.tables.push_back(std::move(table));
    return true;
  }

  static bool take_row(RecordedReplica& replica, Decoder& decoder) {
    const std::uint64_t number = decoder.word();
    if (decoder.failed() || number >= replica.results.tables.size()) return false;
    ResultTable& table = replica.results.tables[number];
    std::vector<Value> row;
    for (std::size_t i = 0; i < table.names.size(); ++i) row.push_back(decode_value(decoder));
    if (!decoder.finished()) return false;
    table.rows.push_back(std::move(row));
    return true;
  }

  static bool take_end(RecordedReplica& replica, Decoder& decoder) {
    ReplicaEnd end;
    end.steps = decoder.whole();
    end.problem = decoder.text();
    end.outcome = decoder.text();
    if (!decoder.finished()) return false;
    replica.end = std::move(end);
    return true;
  }

  RecordedRun& run_;
};

}  // namespace

std::variant<Contents, NotASpool, OtherVersion> read(std::string_view bytes) {
  if (bytes.size() < kHead || !bytes.starts_with(kMagic))
    return NotASpool{"it does not begin as one"};
  Decoder head(bytes.substr(kMagic.size(), 8));
  const std::uint64_t version = head.word();
  if (version != kFormatVersion) return OtherVersion{version};
  Contents contents;
  Replay replay(contents.run);
  contents.sound = kHead;
  while (const auto framed = unframe(bytes.substr(contents.sound))) {
    if (!replay.take(framed->payload)) break;
    contents.sound += framed->size;
  }
  contents.dropped = bytes.size() - contents.sound;
  if (contents.run.replicas.empty()) return NotASpool{"the description of the run is damaged"};
  return contents;
}

}  // namespace bouton::runtime::spool
