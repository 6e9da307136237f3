#include "compiler/launch/replicas.h"

#include <utility>

namespace bouton::launch {

namespace {

using Outcomes = std::vector<runtime::ReplicaOutcome>;

// Runs blocks of replicas, keeps their outcomes in order, and writes them to the output if there is
// one.
class ReplicaRunner {
 public:
  ReplicaRunner(const runtime::Program& program, const CodeForLanes& code_for,
                std::uint64_t first_seed, Console& console, runtime::RunOutput* output)
      : program_(program),
        code_for_(code_for),
        first_seed_(first_seed),
        console_(console),
        output_(output) {}

  // False exactly when there was no code.
  bool run(int first, int lanes) {
    bool together = lanes > 1 && !interrupted_ && !was_taken_apart(first, lanes);
    if (together && !execute(first, lanes, together)) return false;
    for (int replica = first; !together && replica < first + lanes; ++replica)
      if (!run_alone(replica)) return false;
    return true;
  }

  Outcomes take_outcomes() { return std::move(outcomes_); }

 private:
  // In the run that is resumed.
  [[nodiscard]] bool was_taken_apart(int first, int lanes) const {
    if (output_ == nullptr) return false;
    bool any_ended = false;
    for (int replica = first; replica < first + lanes; ++replica)
      any_ended |= output_->outcome_of(replica).has_value();
    return any_ended || output_->is_inside(first, lanes);
  }

  bool run_alone(int replica) {
    auto earlier = output_ == nullptr ? std::nullopt : output_->outcome_of(replica);
    bool together = true;
    if (!earlier && !interrupted_) return execute(replica, 1, together);
    outcomes_.push_back(earlier ? *std::move(earlier) : left_out());
    return true;
  }

  // After Ctrl-C the others do not begin, so that the checkpoint is that of the one that ran.
  static runtime::ReplicaOutcome left_out() {
    runtime::ReplicaOutcome outcome;
    outcome.problem = runtime::Problem{{}, runtime::kCancelled, ""};
    outcome.interrupted = true;
    return outcome;
  }

  // `together` becomes false if the lanes come to differ.
  bool execute(int first, int lanes, bool& together) {
    const auto code = code_for_(lanes);
    if (!code) return false;
    const runtime::Block block = begin_block(first, lanes);
    auto outcomes = runtime::execute(program_, *code, block, listener_of(first, lanes));
    together = outcomes.has_value();
    if (together) keep(*std::move(outcomes), first);
    return true;
  }

  runtime::Block begin_block(int first, int lanes) {
    runtime::Block block{first, {}};
    if (output_ != nullptr) block.state = output_->state_of(first, lanes);
    for (int replica = first; replica < first + lanes; ++replica) {
      block.seeds.push_back(first_seed_ + static_cast<std::uint64_t>(replica));
      if (output_ == nullptr) continue;
      if (block.state.empty()) {
        output_->begin_replica(replica);
      } else {
        output_->continue_replica(replica);
        block.recorded.push_back(output_->recorded_by(replica));
      }
    }
    return block;
  }

  // Lines and rows of a block of several lanes are shown when it is done: if the lanes differ in
  // what they run, it starts anew.
  runtime::Listener listener_of(int first, int lanes) {
    runtime::Listener listener = console_.listener();
    if (lanes > 1) {
      listener.on_print = nullptr;
      listener.on_record = nullptr;
    }
    return output_ == nullptr ? listener : output_->listen(listener, first, lanes);
  }

  void keep(Outcomes outcomes, int first) {
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      const int replica = first + static_cast<int>(i);
      if (output_ != nullptr) output_->end_replica(replica, outcomes[i]);
      interrupted_ |= outcomes[i].interrupted;
      if (outcomes.size() > 1) console_.print_outcome(replica, outcomes[i]);
      outcomes_.push_back(std::move(outcomes[i]));
    }
  }

  const runtime::Program& program_;
  const CodeForLanes& code_for_;
  std::uint64_t first_seed_;
  Console& console_;
  runtime::RunOutput* output_;
  Outcomes outcomes_;
  bool interrupted_ = false;
};

}  // namespace

std::vector<int> cut_into_blocks(int replicas, std::span<const int> widths) {
  std::vector<int> blocks;
  for (const int lanes : widths)
    for (; replicas >= lanes; replicas -= lanes) blocks.push_back(lanes);
  return blocks;
}

std::optional<Outcomes> run_replicas(const runtime::Program& program, const CodeForLanes& code_for,
                                     const Replicas& replicas, Console& console,
                                     runtime::RunOutput* output) {
  ReplicaRunner runner(program, code_for, replicas.first_seed, console, output);
  int first = 0;
  for (const int lanes : cut_into_blocks(replicas.count, replicas.widths)) {
    if (!runner.run(first, lanes)) return std::nullopt;
    first += lanes;
  }
  return runner.take_outcomes();
}

}  // namespace bouton::launch
