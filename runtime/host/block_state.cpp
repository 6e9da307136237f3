// The state of BlockExecutor as bytes. Statements are named by the position of the machine that
// executes them, so that the same program finds them again.
#include "runtime/encoding/values.h"
#include "runtime/host/block_executor.h"

namespace bouton::runtime {

namespace {

enum class PauseTag : std::uint8_t { None, Finished, Run, Reset };

// Never a problem: it ends a lane, or takes the block apart, at once.
void encode_pause(Encoder& encoder, const std::optional<Pause>& pause) {
  PauseTag tag = PauseTag::None;
  if (pause && std::holds_alternative<Finished>(*pause)) tag = PauseTag::Finished;
  if (pause && std::holds_alternative<RunRequest>(*pause)) tag = PauseTag::Run;
  if (pause && std::holds_alternative<ResetRequest>(*pause)) tag = PauseTag::Reset;
  encoder.add_byte(static_cast<std::uint8_t>(tag));
  if (tag == PauseTag::Run) encoder.add_whole(std::get<RunRequest>(*pause).steps);
}

// The statement that has asked for it is the machine's last one.
std::optional<Pause> decode_pause(Decoder& decoder, const Machine& machine) {
  const auto tag = static_cast<PauseTag>(decoder.byte());
  if (decoder.failed() || tag == PauseTag::None) return std::nullopt;
  if (tag == PauseTag::Finished) return Finished{};
  const HostStmt* last = machine.last_statement();
  if (tag == PauseTag::Run) {
    const std::int64_t steps = decoder.whole();
    if (last != nullptr && std::holds_alternative<RunStmt>(last->node))
      return RunRequest{&std::get<RunStmt>(last->node), last->place, steps};
  } else if (tag == PauseTag::Reset) {
    if (last != nullptr && std::holds_alternative<ResetStmt>(last->node))
      return ResetRequest{&std::get<ResetStmt>(last->node)};
  }
  decoder.fail();
  return std::nullopt;
}

void encode_failure(Encoder& encoder, const std::optional<StatusSlot>& failure) {
  encoder.add_truth(failure.has_value());
  if (!failure) return;
  for (const std::int64_t number :
       {failure->fault, failure->step, failure->lane, failure->index, failure->pre})
    encoder.add_whole(number);
  encoder.add_number(failure->value);
}

std::optional<StatusSlot> decode_failure(Decoder& decoder, std::size_t faults) {
  if (!decoder.truth()) return std::nullopt;
  StatusSlot failure;
  for (std::int64_t* number :
       {&failure.fault, &failure.step, &failure.lane, &failure.index, &failure.pre})
    *number = decoder.whole();
  failure.value = decoder.number();
  if (failure.fault < 1 || failure.fault > static_cast<std::int64_t>(faults)) decoder.fail();
  return failure;
}

}  // namespace

std::string BlockExecutor::save() const {
  Encoder encoder;
  encoder.add_word(machines_.size());
  arena_.save(encoder);
  for (std::size_t lane = 0; lane < machines_.size(); ++lane) {
    machines_[lane]->save(encoder);
    encode_pause(encoder, pauses_[lane]);
  }
  for (const bool pending : pending_) encoder.add_truth(pending);
  encoder.add_whole(steps_done_);
  encoder.add_truth(running_.has_value());
  if (running_) save_run(encoder);
  return encoder.bytes();
}

bool BlockExecutor::restore(const Block& block) {
  Decoder decoder(block.state);
  if (decoder.word() != machines_.size() || block.recorded.size() != machines_.size()) return false;
  arena_.restore(decoder);
  for (std::size_t lane = 0; lane < machines_.size(); ++lane) {
    if (!machines_[lane]->restore(decoder)) return false;
    machines_[lane]->outcome().results = block.recorded[lane];
    pauses_[lane] = decode_pause(decoder, *machines_[lane]);
  }
  for (auto&& pending : pending_) pending = decoder.truth();
  steps_done_ = decoder.whole();
  if (decoder.truth()) restore_run(decoder);
  return decoder.finished();
}

void BlockExecutor::save_run(Encoder& encoder) const {
  const Running& run = *running_;
  encoder.add_whole(run.steps);
  encoder.add_word(run.part);
  encoder.add_whole(run.begin);
  encoder.add_whole(run.end);
  encoder.add_whole(run.step);
  encoder.add_word(run.overridden.size());
  for (const auto& [column, lanes] : run.overridden) {
    encoder.add_word(column);
    for (const Tensor& cells : lanes) encode(encoder, cells);
  }
  for (const auto& part : run.segments) {
    encoder.add_word(part.size());
    for (const auto& [from, schedule] : part) {
      encoder.add_whole(from);
      encoder.add_word(schedule);
    }
  }
  for (std::size_t i = 0; i < run.observations.size(); ++i)
    run.observations[i].save(encoder, arena_.observer(run.statement->results[i].first));
  encode_failure(encoder, run.failure);
  encoder.add_whole(run.steps_of_part);
}

void BlockExecutor::restore_run(Decoder& decoder) {
  const HostStmt* last = machines_.front()->last_statement();
  if (last == nullptr || !std::holds_alternative<RunStmt>(last->node)) return decoder.fail();
  Running& run = running_.emplace(Running{});
  run.statement = &std::get<RunStmt>(last->node);
  run.steps = decoder.whole();
  run.part = decoder.word();
  run.begin = decoder.whole();
  run.end = decoder.whole();
  run.step = decoder.whole();
  run.overridden.resize(decoder.count(8));
  for (auto& [column, lanes] : run.overridden) {
    column = static_cast<std::uint32_t>(decoder.word());
    for (std::size_t lane = 0; lane < machines_.size(); ++lane)
      lanes.push_back(decode_tensor(decoder));
  }
  run.segments.resize(program_.phases[run.statement->phase].parts.size());
  if (run.part >= run.segments.size()) return decoder.fail();
  for (auto& part : run.segments) {
    part.resize(decoder.count(16));
    for (auto& [from, schedule] : part) {
      from = decoder.whole();
      schedule = static_cast<std::uint32_t>(decoder.word());
    }
    if (part.empty()) return decoder.fail();
  }
  for (std::uint32_t i = 0; i < program_.observers.size(); ++i) arena_.observer(i).active = 0;
  run.observations.reserve(run.statement->results.size());
  for (const auto& [observer, variable] : run.statement->results)
    run.observations.push_back(Observation::restore(decoder, program_.observers[observer],
                                                    run.steps, code_.layout->lanes,
                                                    arena_.observer(observer)));
  run.failure = decode_failure(decoder, program_.faults.size());
  run.steps_of_part = decoder.whole();
}

}  // namespace bouton::runtime
