// The state of Machine as bytes: variables, counters, and where it stands. A frame is the way into
// it from the statement that its parent has executed last.
#include "runtime/encoding/values.h"
#include "runtime/host/machine.h"
#include "runtime/host/outcome_state.h"

namespace bouton::runtime {

namespace {

// All replay statements of a program in textual order.
void collect_replays(const HostBody& body, std::vector<const HostStmt*>& replays) {
  for (const HostStmt& statement : body) {
    if (std::holds_alternative<ReplayStmt>(statement.node)) replays.push_back(&statement);
    if (const auto* loop = std::get_if<ForStmt>(&statement.node))
      collect_replays(loop->body, replays);
    if (const auto* every = std::get_if<EveryStmt>(&statement.node))
      collect_replays(every->body, replays);
    if (const auto* choice = std::get_if<IfStmt>(&statement.node)) {
      collect_replays(choice->when_true, replays);
      collect_replays(choice->when_false, replays);
    }
  }
}

std::size_t number_of(const ReplayStmt* replay, const std::vector<const HostStmt*>& replays) {
  std::size_t number = 0;
  while (&std::get<ReplayStmt>(replays[number]->node) != replay) ++number;
  return number;
}

// The body that a statement has entered; nullptr if it has none.
const HostBody* body_of(const HostStmt& statement, bool otherwise) {
  if (const auto* loop = std::get_if<ForStmt>(&statement.node)) return &loop->body;
  if (const auto* every = std::get_if<EveryStmt>(&statement.node)) return &every->body;
  if (const auto* choice = std::get_if<IfStmt>(&statement.node))
    return otherwise ? &choice->when_false : &choice->when_true;
  return nullptr;
}

// What a loop goes through.
using Sequence = std::variant<Value, Range>;

void encode_sequence(Encoder& encoder, const Sequence& sequence) {
  const auto* range = std::get_if<Range>(&sequence);
  encoder.add_truth(range != nullptr);
  if (range == nullptr) return encode(encoder, std::get<Value>(sequence));
  encoder.add_number(range->first);
  encoder.add_number(range->step);
  encoder.add_word(range->count);
}

Sequence decode_sequence(Decoder& decoder) {
  if (!decoder.truth()) return decode_value(decoder);
  Range range;
  range.first = decoder.number();
  range.step = decoder.number();
  range.count = decoder.word();
  return range;
}

}  // namespace

const HostStmt* Machine::last_statement() const {
  if (frames_.empty() || frames_.back().next == 0) return nullptr;
  return &(*frames_.back().body)[frames_.back().next - 1];
}

void Machine::save(Encoder& encoder) const {
  encoder.add_word(scope_.variables.size());
  for (const auto& variable : scope_.variables) {
    encoder.add_truth(variable.has_value());
    if (variable) encode(encoder, *variable);
  }
  encoder.add_whole(scope_.elapsed);
  encoder.add_word(scope_.reached.size());
  for (const auto& [site, count] : scope_.reached) {
    encoder.add_text(site);
    encoder.add_word(count);
  }
  encode_outcome(encoder, outcome_);
  for (const bool assigned : assigned_) encoder.add_truth(assigned);
  save_tapes(encoder);
  save_frames(encoder);
}

bool Machine::restore(Decoder& decoder) {
  if (decoder.word() != scope_.variables.size()) return false;
  for (auto& variable : scope_.variables) {
    variable.reset();
    if (decoder.truth()) variable = decode_value(decoder);
  }
  scope_.elapsed = decoder.whole();
  scope_.reached.clear();
  for (std::size_t left = decoder.count(16); left > 0; --left) {
    std::string site = decoder.text();
    scope_.reached[std::move(site)] = decoder.word();
  }
  decode_outcome(decoder, outcome_);
  for (auto&& assigned : assigned_) assigned = decoder.truth();
  restore_tapes(decoder);
  restore_frames(decoder);
  return !decoder.failed();
}

void Machine::save_tapes(Encoder& encoder) const {
  std::vector<const HostStmt*> replays;
  collect_replays(program_.body, replays);
  encoder.add_word(tapes_.size());
  for (const Tape& tape : tapes_) {
    encoder.add_word(number_of(tape.statement, replays));
    encoder.add_whole(tape.rows);
  }
}

void Machine::restore_tapes(Decoder& decoder) {
  std::vector<const HostStmt*> replays;
  collect_replays(program_.body, replays);
  tapes_.clear();
  for (std::size_t left = decoder.count(16); left > 0; --left) {
    const std::uint64_t number = decoder.word();
    const std::int64_t rows = decoder.whole();
    if (number >= replays.size()) return decoder.fail();
    tapes_.push_back({&std::get<ReplayStmt>(replays[number]->node), replays[number]->place, rows});
  }
}

void Machine::save_frames(Encoder& encoder) const {
  encoder.add_word(frames_.size());
  const Frame* parent = nullptr;
  for (const Frame& frame : frames_) {
    if (parent != nullptr) {
      const HostStmt& entered = (*parent->body)[parent->next - 1];
      encoder.add_truth(frame.body != body_of(entered, false));
    }
    encoder.add_word(frame.next);
    encode_sequence(encoder, frame.sequence);
    encoder.add_word(frame.iteration);
    encoder.add_word(frame.iterations);
    parent = &frame;
  }
}

void Machine::restore_frames(Decoder& decoder) {
  frames_.clear();
  const std::size_t count = decoder.count(26);
  for (std::size_t i = 0; i < count; ++i) {
    Frame frame;
    frame.body = &program_.body;
    if (const HostStmt* entered = last_statement(); i > 0) {
      frame.body = entered == nullptr ? nullptr : body_of(*entered, decoder.truth());
      if (frame.body == nullptr) return decoder.fail();
      frame.loop = std::get_if<ForStmt>(&entered->node);
    }
    frame.next = decoder.word();
    frame.sequence = decode_sequence(decoder);
    frame.iteration = decoder.word();
    frame.iterations = decoder.word();
    if (decoder.failed() || frame.next > frame.body->size()) return decoder.fail();
    frames_.push_back(std::move(frame));
  }
}

}  // namespace bouton::runtime
