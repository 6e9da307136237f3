#include "runtime/host/execute.h"

#include <fmt/format.h>

#include "runtime/host/block_executor.h"

namespace bouton::runtime {

std::optional<std::vector<ReplicaOutcome>> execute(const Program& program, const Code& code,
                                                   const Block& block, const Listener& listener) {
  const auto arena = Arena::create(*code.layout);
  if (arena == nullptr) {
    ReplicaOutcome outcome;
    outcome.problem = Problem{
        {}, fmt::format("there is no memory for {} bytes of state", code.layout->bytes), ""};
    return std::vector<ReplicaOutcome>(block.seeds.size(), outcome);
  }
  BlockExecutor executor(program, code, *arena, block, listener);
  if (!executor.run_all()) return std::nullopt;
  return executor.take_outcomes();
}

}  // namespace bouton::runtime
