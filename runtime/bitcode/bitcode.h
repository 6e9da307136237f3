// The LLVM bitcode of every function in functions.def, as bytes inside the program. Generated code
// links it and inlines what it uses, so that it computes with the very formulas of the interpreter.
// Made by clang for the baseline processor: whoever links it removes the attributes "target-cpu",
// "target-features", "tune-cpu" and "min-legal-vector-width" first.
#pragma once

#include <span>

namespace bouton::runtime::bitcode {

// Lives as long as the program.
[[nodiscard]] std::span<const unsigned char> function_bitcode();

}  // namespace bouton::runtime::bitcode
