// Parts of a kernel's body that are computed apart from the rest, more seldom or in other vectors.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "compiler/codegen/kernel.h"

namespace bouton::codegen {

// The ops for which `is_leaf` holds, constants, and whatever follows from them by computation
// alone.
[[nodiscard]] OpSet find_following_ops(const plan::Kernel& kernel,
                                       const std::function<bool(plan::ValueId)>& is_leaf);
// Adds the ops that a value follows from, and its own.
void add_sources(const plan::Kernel& kernel, plan::ValueId value, OpSet& sources);
// What the rest of the body reads of a part, but for constants.
[[nodiscard]] std::vector<std::size_t> find_results(const plan::Kernel& kernel, const OpSet& part);
// Emits all that is not of the part, whose results are known; returns the values by op.
std::vector<llvm::Value*> emit_rest(Emission& e, const plan::Kernel& kernel,
                                    const Position& position, const OpSet& part,
                                    std::vector<llvm::Value*> known);

}  // namespace bouton::codegen
