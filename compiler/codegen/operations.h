// One operation of a kernel as LLVM instructions.
#pragma once

#include <span>

#include "compiler/codegen/kernel.h"

namespace bouton::codegen {

// Arithmetic, comparisons, conversions, math functions and random draws: everything whose result
// depends on its operands only. Loads, stores, indices and inputs are the kernel's business
// (kernel.cpp).
[[nodiscard]] llvm::Value* emit_operation(Emission& e, const plan::Op& op,
                                          std::span<llvm::Value* const> in,
                                          std::span<const plan::Type> operand_types);

// Operations of several kernels in the elements of one vector, each with its own operands: calls of
// the same function, or words of streams.
[[nodiscard]] llvm::Value* emit_operations_together(Emission& e,
                                                    std::span<const plan::Op* const> ops,
                                                    std::span<llvm::Value* const> in);

// One-word draws of streams, given by their bits (runtime/random/stream.h).
[[nodiscard]] llvm::Value* emit_one_word_draws(Emission& e, llvm::Value* streams,
                                               llvm::Value* elements, llvm::Value* ordinals);
[[nodiscard]] llvm::Constant* stream_bits_of(Emission& e, const plan::Op& draw);  // i64

// Whether emit_operation knows the op.
[[nodiscard]] bool is_operation(plan::OpCode code);

}  // namespace bouton::codegen
