#include "compiler/driver/replicas.h"

#include <map>
#include <utility>

#include "runtime/host/execute.h"

namespace bouton::driver {

namespace {

// Native code for each number of lanes that is needed, made when it is first used.
class CodeByLanes {
 public:
  CodeByLanes(Session& session, const plan::Plan& plan, const elaborate::Network& network,
              const RunOptions& options)
      : session_(session), plan_(plan), network_(network), options_(options) {}

  // nullptr exactly when an error was reported.
  const Executable* get(int lanes) {
    auto found = made_.find(lanes);
    if (found == made_.end()) {
      const codegen::Options options{lanes, options_.width, options_.optimisation, ""};
      auto executable = compile(session_, plan_, network_.source_directory, options);
      if (!executable) return nullptr;
      found = made_.emplace(lanes, *std::move(executable)).first;
    }
    return &found->second;
  }

 private:
  Session& session_;
  const plan::Plan& plan_;
  const elaborate::Network& network_;
  const RunOptions& options_;
  std::map<int, Executable> made_;
};

runtime::Block block_of(std::uint64_t first_seed, int first, int lanes) {
  runtime::Block block{first, {}};
  for (int lane = 0; lane < lanes; ++lane)
    block.seeds.push_back(first_seed + static_cast<std::uint64_t>(first) +
                          static_cast<std::uint64_t>(lane));
  return block;
}

std::optional<std::vector<runtime::ReplicaOutcome>> run_block(const Executable& executable,
                                                              const runtime::Block& block,
                                                              const runtime::Listener& listener) {
  const runtime::Code code{&executable.code.layout, &executable.code.advance,
                           &executable.code.kernels};
  return runtime::execute(executable.program, code, block, listener);
}

// Lines and rows of a block of several lanes come when it is done: if the lanes differ in what they
// run, it starts anew.
void replay_output(const std::vector<runtime::ReplicaOutcome>& outcomes, int first,
                   Console& console) {
  for (std::size_t i = 0; i < outcomes.size(); ++i)
    console.print_outcome(first + static_cast<int>(i), outcomes[i]);
}

}  // namespace

std::vector<int> cut_into_blocks(int replicas) {
  std::vector<int> blocks;
  for (const int lanes : {8, 4, 2, 1})
    for (; replicas >= lanes; replicas -= lanes) blocks.push_back(lanes);
  return blocks;
}

std::optional<std::vector<runtime::ReplicaOutcome>> run_replicas(Session& session,
                                                                 const elaborate::Network& network,
                                                                 const RunOptions& options,
                                                                 Console& console) {
  const auto plan = plan_of(session, network);
  if (!plan) return std::nullopt;
  CodeByLanes code(session, *plan, network, options);
  std::vector<runtime::ReplicaOutcome> outcomes;
  int first = 0;
  for (const int lanes : cut_into_blocks(options.seeds)) {
    const Executable* executable = code.get(lanes);
    if (executable == nullptr) return std::nullopt;
    runtime::Listener listener = console.listener();
    if (lanes > 1) {
      listener.on_print = nullptr;
      listener.on_record = nullptr;
    }
    auto block = run_block(*executable, block_of(network.seed, first, lanes), listener);
    if (block) {
      if (lanes > 1) replay_output(*block, first, console);
      for (runtime::ReplicaOutcome& outcome : *block) outcomes.push_back(std::move(outcome));
    } else {
      const Executable* alone = code.get(1);
      if (alone == nullptr) return std::nullopt;
      for (int replica = first; replica < first + lanes; ++replica)
        outcomes.push_back(std::move(
            run_block(*alone, block_of(network.seed, replica, 1), console.listener())->front()));
    }
    first += lanes;
  }
  return outcomes;
}

}  // namespace bouton::driver
