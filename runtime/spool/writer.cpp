#include "runtime/spool/writer.h"

#include <algorithm>

#include "runtime/encoding/values.h"
#include "runtime/spool/format.h"

namespace bouton::runtime::spool {

namespace {

Encoder record(RecordKind kind) {
  Encoder encoder;
  encoder.add_byte(static_cast<std::uint8_t>(kind));
  return encoder;
}

}  // namespace

void Writer::append(const std::string& payload) {
  if (failure_) return;
  failure_ = file_.append(frame(payload));
  unsynced_ = true;
  sync_if_due();
}

void Writer::begin(const RunDescription& description) {
  Encoder head;
  head.add_word(kFormatVersion);
  failure_ = file_.append(std::string(kMagic) + head.bytes());
  Encoder encoder = record(RecordKind::Description);
  encode(encoder, description);
  append(encoder.bytes());
}

void Writer::begin_replica(std::uint64_t replica) {
  positions_[replica] = {file_.size(), {}};
  Encoder encoder = record(RecordKind::Begin);
  encoder.add_word(replica);
  append(encoder.bytes());
}

void Writer::rewind_replica(std::uint64_t replica, std::uint64_t place, Position position) {
  std::vector<std::int64_t> rows;
  for (const RecordedTable& table : position.tables)
    rows.push_back(static_cast<std::int64_t>(table.rows));
  positions_[replica] = std::move(position);
  Encoder encoder = record(RecordKind::Rewind);
  encoder.add_word(replica);
  encoder.add_word(place);
  encoder.add_wholes(rows);
  append(encoder.bytes());
}

std::uint64_t Writer::number_of(std::uint64_t replica, const ResultTable& table) {
  std::vector<RecordedTable>& tables = positions_[replica].tables;
  const auto known = std::ranges::find(tables, table.names, &RecordedTable::names);
  if (known != tables.end()) return static_cast<std::uint64_t>(known - tables.begin());
  Encoder encoder = record(RecordKind::Table);
  encoder.add_word(replica);
  encoder.add_word(tables.size());
  encoder.add_word(table.names.size());
  for (const std::string& name : table.names) encoder.add_text(name);
  append(encoder.bytes());
  tables.push_back({table.names, 0});
  return tables.size() - 1;
}

void Writer::add_row(std::uint64_t replica, const ResultTable& table) {
  const std::uint64_t number = number_of(replica, table);
  Encoder encoder = record(RecordKind::Row);
  encoder.add_word(replica);
  encoder.add_word(number);
  for (const Value& value : table.rows.back()) runtime::encode(encoder, value);
  append(encoder.bytes());
  ++positions_[replica].tables[number].rows;
}

void Writer::end_replica(std::uint64_t replica, const ReplicaEnd& end) {
  Encoder encoder = record(RecordKind::End);
  encoder.add_word(replica);
  encoder.add_whole(end.steps);
  encoder.add_text(end.problem);
  encoder.add_text(end.outcome);
  append(encoder.bytes());
  positions_.erase(replica);
}

void Writer::stop(const std::string& reason) {
  Encoder encoder = record(RecordKind::Stop);
  encoder.add_text(reason);
  append(encoder.bytes());
}

void Writer::sync() {
  if (failure_) return;
  failure_ = file_.sync();
  unsynced_ = false;
  last_sync_ = Clock::now();
}

void Writer::sync_if_due() {
  using namespace std::chrono_literals;
  if (unsynced_ && Clock::now() - last_sync_ >= 1s) sync();
}

}  // namespace bouton::runtime::spool
