#include "compiler/launch/replicas.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace bouton::launch {

namespace {

using Outcomes = std::vector<runtime::ReplicaOutcome>;

runtime::Block block_of(std::uint64_t first_seed, int first, int lanes) {
  runtime::Block block{first, {}};
  for (int lane = 0; lane < lanes; ++lane)
    block.seeds.push_back(first_seed + static_cast<std::uint64_t>(first) +
                          static_cast<std::uint64_t>(lane));
  return block;
}

// Lines and rows of a block of several lanes come when it is done: if the lanes differ in what they
// run, it starts anew.
void replay_output(const Outcomes& outcomes, int first, Console& console) {
  for (std::size_t i = 0; i < outcomes.size(); ++i)
    console.print_outcome(first + static_cast<int>(i), outcomes[i]);
}

std::optional<Outcomes> run_together(const runtime::Program& program, const runtime::Code& code,
                                     const runtime::Block& block, Console& console) {
  runtime::Listener listener = console.listener();
  const bool several = block.seeds.size() > 1;
  if (several) {
    listener.on_print = nullptr;
    listener.on_record = nullptr;
  }
  auto outcomes = runtime::execute(program, code, block, listener);
  if (outcomes && several) replay_output(*outcomes, block.first_replica, console);
  return outcomes;
}

}  // namespace

std::vector<int> cut_into_blocks(int replicas, std::span<const int> widths) {
  std::vector<int> blocks;
  for (const int lanes : widths)
    for (; replicas >= lanes; replicas -= lanes) blocks.push_back(lanes);
  return blocks;
}

std::optional<Outcomes> run_replicas(const runtime::Program& program, const CodeForLanes& code_for,
                                     const Replicas& replicas, Console& console) {
  Outcomes all;
  int first = 0;
  for (const int lanes : cut_into_blocks(replicas.count, replicas.widths)) {
    const auto code = code_for(lanes);
    if (!code) return std::nullopt;
    auto together =
        run_together(program, *code, block_of(replicas.first_seed, first, lanes), console);
    const auto alone = together ? code : code_for(1);
    if (!alone) return std::nullopt;
    for (int replica = first; !together && replica < first + lanes; ++replica)
      all.push_back(std::move(
          run_together(program, *alone, block_of(replicas.first_seed, replica, 1), console)
              ->front()));
    if (together) std::ranges::move(*together, std::back_inserter(all));
    first += lanes;
  }
  return all;
}

}  // namespace bouton::launch
