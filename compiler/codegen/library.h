// Calls of the runtime's math and random functions, which travel as bitcode and are inlined into
// generated code.
#pragma once

#include <span>
#include <string_view>

#include "compiler/codegen/emission.h"

namespace bouton::codegen {

// `name` of runtime/bitcode/functions.def with its argument type: `exp_f64`, `draw_word_u64`. The
// result has the type of the first operand unless `result` is given (an element type).
[[nodiscard]] llvm::Value* call_library(Emission& e, std::string_view name,
                                        std::span<llvm::Value* const> operands,
                                        llvm::Type* result = nullptr);

// Adds the bodies of all called functions to the module, to be inlined. False with a reason if the
// bitcode does not load.
[[nodiscard]] bool link_library(llvm::Module& module, std::string& reason);

}  // namespace bouton::codegen
