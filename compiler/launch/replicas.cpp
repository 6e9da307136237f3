#include "compiler/launch/replicas.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <new>
#include <thread>
#include <utility>

#include "compiler/base/threads.h"

namespace bouton::launch {

namespace {

using Outcomes = std::vector<runtime::ReplicaOutcome>;

// While it lasts, a block is executed.
class Work {
 public:
  explicit Work(Console& console) : console_(console) { console_.begin_work(); }
  ~Work() { console_.end_work(); }
  Work(const Work&) = delete;
  Work& operator=(const Work&) = delete;

 private:
  Console& console_;
};

// Programs and code are made when they are first needed, by one thread at a time; a program goes
// when no block of its point runs any more.
class Programs {
 public:
  explicit Programs(const ProgramOfPoint& program_of) : program_of_(program_of) {}

  std::shared_ptr<const PointProgram> get(int point) {
    const std::lock_guard lock(mutex_);
    std::erase_if(known_, [](const auto& program) { return program.second.expired(); });
    if (auto known = known_[point].lock()) return known;
    auto made = program_of_(point);
    known_[point] = made;
    return made;
  }
  std::optional<runtime::Code> code_of(const PointProgram& program, int lanes) {
    const std::lock_guard lock(mutex_);
    return program.code_for(lanes);
  }

 private:
  const ProgramOfPoint& program_of_;
  std::mutex mutex_;
  std::map<int, std::weak_ptr<const PointProgram>> known_;
};

// What the lanes of a block run: the same code, each with the numbers of its own point.
class LanePrograms {
 public:
  void add(std::shared_ptr<const PointProgram> program, const runtime::Code& code) {
    points_.push_back(std::move(program));
    codes_.push_back(code);
  }

  [[nodiscard]] bool share_code() const {
    const runtime::Code& first = codes_.front();
    return std::ranges::all_of(codes_, [&](const runtime::Code& code) {
      return code.advance == first.advance && code.table.size() == first.table.size();
    });
  }

  // Slots with a cell for each lane: that of its own point.
  [[nodiscard]] std::vector<std::uint64_t> table() const {
    std::vector<std::uint64_t> cells(codes_.front().table.size());
    for (std::size_t i = 0; i < cells.size(); ++i) cells[i] = codes_[i % codes_.size()].table[i];
    return cells;
  }

  [[nodiscard]] runtime::Code code(std::span<const std::uint64_t> table) const {
    runtime::Code code = codes_.front();
    code.table = table;
    return code;
  }

  [[nodiscard]] std::vector<const runtime::Program*> programs() const {
    std::vector<const runtime::Program*> programs;
    for (const auto& point : points_) programs.push_back(&point->program);
    return programs;
  }

 private:
  std::vector<std::shared_ptr<const PointProgram>> points_;
  std::vector<runtime::Code> codes_;
};

// Runs blocks, each by one thread, and writes to the output if there is one.
class BlockRunner {
 public:
  BlockRunner(const Replicas& replicas, const ProgramOfPoint& program_of, Console& console,
              runtime::RunOutput* output)
      : replicas_(replicas),
        programs_(program_of),
        console_(console),
        output_(output),
        outcomes_(static_cast<std::size_t>(replicas.count())) {}

  void run(const LaneBlock& block) {
    bool earlier = true;
    for (int replica = block.first; replica < block.first + block.lanes; ++replica)
      earlier = take_earlier(replica) && earlier;
    if (earlier) return console_.count_block(block.first, block.lanes, true);
    if (interrupted_ || without_code_) return leave_out(block);
    bool together = block.lanes > 1 && !was_taken_apart(block);
    if (together) together = execute(block);
    for (int replica = block.first; !together && replica < block.first + block.lanes; ++replica)
      run_alone({replica, 1});
    console_.count_block(block.first, block.lanes, false);
  }

  // Nothing if there was no code for one of them.
  std::optional<Outcomes> take_outcomes() {
    if (without_code_) return std::nullopt;
    return std::move(outcomes_);
  }

 private:
  // A replica that ended before the run was resumed.
  bool take_earlier(int replica) {
    auto earlier = output_ == nullptr ? std::nullopt : output_->outcome_of(replica);
    if (!earlier) return false;
    store(replica, *std::move(earlier));
    return true;
  }

  // In the run that is resumed.
  [[nodiscard]] bool was_taken_apart(const LaneBlock& block) const {
    if (output_ == nullptr) return false;
    bool any_ended = false;
    for (int replica = block.first; replica < block.first + block.lanes; ++replica)
      any_ended |= output_->outcome_of(replica).has_value();
    return any_ended || output_->is_inside(block.first, block.lanes);
  }

  void run_alone(const LaneBlock& block) {
    if (take_earlier(block.first)) return;
    if (interrupted_ || without_code_) return leave_out(block);
    static_cast<void>(execute(block));
  }

  // After Ctrl-C the others do not begin, so that checkpoints are those of the ones that ran.
  void leave_out(const LaneBlock& block) {
    for (int replica = block.first; replica < block.first + block.lanes; ++replica) {
      outcome(replica).problem = runtime::cancellation();
      outcome(replica).interrupted = true;
    }
  }

  void lose_code() { without_code_ = true; }

  // False if the lanes come to differ: they have to run alone.
  bool execute(const LaneBlock& block) {
    const auto lanes = prepare(block);
    if (!lanes) {
      lose_code();
      return true;
    }
    if (!lanes->share_code()) return false;
    auto outcomes = execute(*lanes, block);
    if (!outcomes) return false;
    keep(*std::move(outcomes), block);
    return true;
  }

  // Nothing if there is no code.
  std::optional<LanePrograms> prepare(const LaneBlock& block) {
    LanePrograms lanes;
    for (int replica = block.first; replica < block.first + block.lanes; ++replica) {
      const auto program = programs_.get(replica / replicas_.seeds);
      if (program == nullptr) return std::nullopt;
      const auto code = programs_.code_of(*program, block.lanes);
      if (!code) return std::nullopt;
      lanes.add(program, *code);
    }
    return lanes;
  }

  std::optional<Outcomes> execute(const LanePrograms& lanes, const LaneBlock& block) {
    const Work work(console_);
    try {
      const auto table = lanes.table();
      runtime::Block begun = begin_block(block);
      begun.programs = lanes.programs();
      return runtime::execute(*begun.programs.front(), lanes.code(table), begun,
                              listener_of(block));
    } catch (const std::bad_alloc&) {
      runtime::ReplicaOutcome failed;
      failed.problem = runtime::Problem{{}, "there is not enough memory for this replica", ""};
      return Outcomes(static_cast<std::size_t>(block.lanes), failed);
    }
  }

  runtime::Block begin_block(const LaneBlock& block) {
    runtime::Block begun{block.first, {}};
    if (output_ != nullptr) begun.state = output_->state_of(block.first, block.lanes);
    for (int replica = block.first; replica < block.first + block.lanes; ++replica) {
      begun.seeds.push_back(replicas_.first_seed +
                            static_cast<std::uint64_t>(replica % replicas_.seeds));
      if (output_ == nullptr) continue;
      if (begun.state.empty()) {
        output_->begin_replica(replica);
      } else {
        output_->continue_replica(replica);
        begun.recorded.push_back(output_->recorded_by(replica));
      }
    }
    return begun;
  }

  runtime::Listener listener_of(const LaneBlock& block) {
    runtime::Listener listener = console_.listener(block.first, block.lanes, show(block));
    return output_ == nullptr ? listener : output_->listen(listener, block.first, block.lanes);
  }

  void keep(Outcomes outcomes, const LaneBlock& block) {
    bool ended = true;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      const int replica = block.first + static_cast<int>(i);
      if (output_ != nullptr) output_->end_replica(replica, outcomes[i]);
      if (outcomes[i].interrupted) interrupted_ = true;
      ended = ended && !outcomes[i].interrupted;
      console_.show_end(replica, show(block), outcomes[i]);
      store(replica, std::move(outcomes[i]));
    }
    if (output_ != nullptr && ended) output_->end_block(block.first);
  }

  static Console::Show show(const LaneBlock& block) {
    return block.lanes > 1 ? Console::Show::AtTheEnd : Console::Show::AsTheyCome;
  }

  // What is in the output or was shown is not held for each of many replicas.
  void store(int replica, runtime::ReplicaOutcome ended) {
    if (output_ != nullptr) {
      ended.results = {};
      ended.printed = {};
      if (replica > 0) ended.plots = {};
    }
    outcome(replica) = std::move(ended);
  }

  runtime::ReplicaOutcome& outcome(int replica) {
    return outcomes_[static_cast<std::size_t>(replica)];
  }

  const Replicas& replicas_;
  Programs programs_;
  Console& console_;
  runtime::RunOutput* output_;
  Outcomes outcomes_;  // each is written by the thread that runs its block
  std::atomic<bool> interrupted_ = false;
  std::atomic<bool> without_code_ = false;
};

}  // namespace

std::optional<Outcomes> run_replicas(const Replicas& replicas, const ProgramOfPoint& program_of,
                                     Console& console, runtime::RunOutput* output) {
  BlockRunner runner(replicas, program_of, console, output);
  const std::vector<LaneBlock> blocks = list_blocks(
      replicas, [output](int first) { return output == nullptr ? 0 : output->lanes_at(first); });
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < blocks.size(); i = next++) runner.run(blocks[i]);
  };
  const auto helpers = std::min(static_cast<std::size_t>(replicas.threads), blocks.size());
  std::vector<std::jthread> threads;
  if (helpers > 1) start_threads(threads, helpers - 1, work);
  work();
  threads.clear();  // waits for them
  return runner.take_outcomes();
}

}  // namespace bouton::launch
