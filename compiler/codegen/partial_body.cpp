#include "compiler/codegen/partial_body.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "compiler/codegen/operations.h"

namespace bouton::codegen {

using plan::OpCode;

OpSet find_following_ops(const plan::Kernel& kernel,
                         const std::function<bool(plan::ValueId)>& is_leaf) {
  OpSet found;
  for (std::uint32_t i = 0; i < kernel.body.size(); ++i) {
    const plan::Op& op = kernel.body[i];
    const bool follows =
        is_operation(op.code) && !op.in.empty() &&
        std::ranges::all_of(op.in, [&](plan::ValueId value) { return found[value.value]; });
    found.push_back(op.code == OpCode::Constant || follows || is_leaf(plan::ValueId{i}));
  }
  return found;
}

void add_sources(const plan::Kernel& kernel, plan::ValueId value, OpSet& sources) {
  sources[value.value] = true;
  for (const plan::ValueId operand : kernel.body[value.value].in)
    add_sources(kernel, operand, sources);
}

std::vector<std::size_t> find_results(const plan::Kernel& kernel, const OpSet& part) {
  OpSet read(kernel.body.size(), false);
  for (std::size_t i = 0; i < kernel.body.size(); ++i) {
    if (part[i]) continue;
    for (const plan::ValueId value : kernel.body[i].in) read[value.value] = true;
  }
  std::vector<std::size_t> results;
  for (std::size_t i = 0; i < kernel.body.size(); ++i)
    if (read[i] && part[i] && kernel.body[i].code != OpCode::Constant) results.push_back(i);
  return results;
}

std::vector<llvm::Value*> emit_rest(Emission& e, const plan::Kernel& kernel,
                                    const Position& position, const OpSet& part,
                                    std::vector<llvm::Value*> known) {
  OpSet rest = part;
  rest.flip();
  for (std::size_t i = 0; i < rest.size(); ++i)
    rest[i] = rest[i] || kernel.body[i].code == OpCode::Constant;
  return emit_ops(e, kernel, position, {}, rest, std::move(known));
}

}  // namespace bouton::codegen
